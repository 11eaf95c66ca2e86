using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors.Embedded;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>Background work of the embedded store.</summary>
public sealed class IndexUpkeepTests : IDisposable
{
    private readonly IndexFolder _folder = new();
    private readonly TableRecord _table = IndexFolder.Table(1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_change_is_on_disk_after_five_minutes_and_not_before()
    {
        await using var store = await OpenAsync(_table);
        await store.PutAsync(_table.Generation, [IndexFolder.Row(1)], default);
        await store.Upkeep.RunOnceAsync();
        _folder.Time.Advance(TimeSpan.FromSeconds(299));
        await store.Upkeep.RunOnceAsync();
        File.Exists(_folder.SnapshotOf(_table)).ShouldBeFalse();
        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        await store.Upkeep.RunOnceAsync();
        File.Exists(_folder.SnapshotOf(_table)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public async Task Many_changes_are_on_disk_after_half_a_minute(int changes, bool written)
    {
        await using var store = await OpenAsync(_table);
        await store.PutAsync(_table.Generation, [.. Enumerable.Range(1, changes).Select(id => IndexFolder.Row(id))], default);
        await store.Upkeep.RunOnceAsync();
        _folder.Time.Advance(TimeSpan.FromSeconds(30));
        await store.Upkeep.RunOnceAsync();
        File.Exists(_folder.SnapshotOf(_table)).ShouldBe(written);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_written_again()
    {
        await using var store = await OpenAsync(_table);
        await store.PutAsync(_table.Generation, [IndexFolder.Row(1)], default);
        for (var i = 0; i < 2; i++) await TendAfterFiveMinutesAsync(store);
        File.Delete(_folder.SnapshotOf(_table));
        for (var i = 0; i < 2; i++) await TendAfterFiveMinutesAsync(store);
        File.Exists(_folder.SnapshotOf(_table)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_that_can_t_be_written_is_named_and_does_not_stop_the_others()
    {
        var other = IndexFolder.Table(2, "other");
        await using var store = await OpenAsync(_table, other);
        foreach (var table in new[] { _table, other }) await store.PutAsync(table.Generation, [IndexFolder.Row(1)], default);
        Directory.Delete(_folder.FolderOf(_table), recursive: true);
        for (var i = 0; i < 2; i++) await TendAfterFiveMinutesAsync(store);
        File.Exists(_folder.SnapshotOf(other)).ShouldBeTrue();
        _folder.Log.Lines.ShouldContain(line => line.Level == LogLevel.Error && line.Text.Contains(_table.Generation.ToString()));
    }

    [Fact]
    public async Task Rows_over_the_size_of_a_flat_table_are_linked()
    {
        await using var store = _folder.Open(index: new IndexOptions { FlatRows = 100 });
        await store.OpenAsync(_table, default);
        await store.PutAsync(_table.Generation, [.. Enumerable.Range(1, 300).Select(id => IndexFolder.Row(id))], default);
        using var lease = await store.Tables.UseAsync(_table.Generation, default);
        lease.Index.NeedsMaintenance.ShouldBeTrue();
        (await store.Upkeep.RunOnceAsync()).ShouldBeFalse();
        lease.Index.NeedsMaintenance.ShouldBeFalse();
    }

    [Fact]
    public async Task The_upkeep_works_by_itself()
    {
        await using var store = new EmbeddedVectorStore(
            new EmbeddedVectorStoreOptions { Index = new IndexOptions { FlatRows = 100 }, UpkeepInterval = TimeSpan.FromMilliseconds(1) });
        await store.OpenAsync(_table, default);
        await store.PutAsync(_table.Generation, [.. Enumerable.Range(1, 300).Select(id => IndexFolder.Row(id))], default);
        using var lease = await store.Tables.UseAsync(_table.Generation, default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (lease.Index.NeedsMaintenance) await Task.Delay(5, patience.Token);
    }

    [Fact]
    public async Task The_end_writes_what_has_changed()
    {
        var store = await OpenAsync(_table);
        await store.PutAsync(_table.Generation, [IndexFolder.Row(1)], default);
        await store.DisposeAsync();
        File.Exists(_folder.SnapshotOf(_table)).ShouldBeTrue();
    }

    private async Task<EmbeddedVectorStore> OpenAsync(params TableRecord[] tables)
    {
        var store = _folder.Open();
        foreach (var table in tables) await store.OpenAsync(table, default);

        // The upkeep runs the first round itself; the test runs the next ones.
        await store.Upkeep.RunOnceAsync();
        return store;
    }

    private async Task TendAfterFiveMinutesAsync(EmbeddedVectorStore store)
    {
        await store.Upkeep.RunOnceAsync();
        _folder.Time.Advance(TimeSpan.FromMinutes(5));
        await store.Upkeep.RunOnceAsync();
    }
}
