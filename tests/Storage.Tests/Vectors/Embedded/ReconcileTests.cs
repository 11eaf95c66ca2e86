using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>Reconciling snapshots with the catalog after a restart.</summary>
public sealed class ReconcileTests : IAsyncLifetime, IDisposable
{
    private readonly IndexFolder _folder = new();
    private readonly TableRecord _table = IndexFolder.Table(1);
    private EmbeddedVectorStore _store = null!;

    public async Task InitializeAsync()
    {
        _store = _folder.Open();
        await _store.OpenAsync(_table, default);
        await PutAsync([.. Enumerable.Range(1, 30).Select(id => IndexFolder.Row(id))]);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_a_restart_nothing_is_missing()
    {
        await RestartAsync();
        var found = await ReconcileAsync(Rows(1, 30));
        (found.Missing.Count, found.Removed, found.InCatalog).ShouldBe((0, 0, 30));
        (await FoundAsync(17)).ShouldBe(new RowVersion(17, 1));
    }

    [Fact]
    public async Task A_store_in_memory_only_finds_every_row_missing_after_a_restart()
    {
        await using var store = new EmbeddedVectorStore();
        await store.OpenAsync(_table, default);
        (await store.ReconcileAsync(_table.Generation, IndexFolder.Walk(Rows(1, 30)), default)).Missing.Count.ShouldBe(30);
    }

    [Fact]
    public async Task Rows_that_the_catalog_has_more_of_are_missing() =>
        (await ReconcileAsync(Rows(1, 33))).Missing.ShouldBe([31L, 32, 33]);

    [Fact]
    public async Task Rows_that_the_catalog_lacks_are_removed()
    {
        var found = await ReconcileAsync(Rows(1, 30).Where(row => row.Id is not (1 or 12 or 30)));
        (found.Missing.Count, found.Removed).ShouldBe((0, 3));
        (await AllAsync()).ShouldBe(Rows(1, 30).Where(row => row.Id is not (1 or 12 or 30)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public async Task A_row_of_another_version_is_removed_and_missing(int held, int inCatalog)
    {
        await PutAsync(IndexFolder.Row(5, held));
        var found = await ReconcileAsync(Rows(1, 30).Select(row => row.Id == 5 ? new RowVersion(5, inCatalog) : row));
        (found.Missing.ShouldHaveSingleItem(), found.Removed).ShouldBe((5, 1));
        (await AllAsync()).ShouldNotContain(row => row.Id == 5);
    }

    [Fact]
    public async Task A_row_that_is_put_while_the_catalog_is_read_stays()
    {
        var found = await _store.ReconcileAsync(_table.Generation, WalkAndPut(), default);
        found.Removed.ShouldBe(0);
        (await FoundAsync(31)).ShouldBe(new RowVersion(31, 1));

        async IAsyncEnumerable<IReadOnlyList<RowVersion>> WalkAndPut()
        {
            await PutAsync(IndexFolder.Row(31));
            yield return [.. Rows(1, 30)];
        }
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(30, false)]
    public async Task What_a_restored_backup_does_not_know_is_gone_from_the_disk_before_the_answer(int restored, bool written)
    {
        await RestartAsync();
        var before = await File.ReadAllBytesAsync(_folder.SnapshotOf(_table));
        await ReconcileAsync(Rows(1, restored).Where(row => row.Id != 3));
        (await File.ReadAllBytesAsync(_folder.SnapshotOf(_table))).SequenceEqual(before).ShouldBe(!written);
    }

    [Fact]
    public async Task A_damaged_snapshot_is_refused_with_a_warning_and_the_table_opens_empty()
    {
        await _store.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(_folder.SnapshotOf(_table));
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(_folder.SnapshotOf(_table), bytes);
        _store = _folder.Open();
        await _store.OpenAsync(_table, default);
        (await ReconcileAsync(Rows(1, 30))).Missing.Count.ShouldBe(30);
        _folder.Log.Lines.ShouldContain(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Warning && line.Text.Contains("shop__g1"));
    }

    private static IEnumerable<RowVersion> Rows(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(id => new RowVersion(id, 1));

    private async Task RestartAsync()
    {
        await _store.DisposeAsync();
        _store = _folder.Open();
        await _store.OpenAsync(_table, default);
    }

    private Task PutAsync(params RowVectors[] rows) => _store.PutAsync(_table.Generation, rows, default);

    private Task<Reconciliation> ReconcileAsync(IEnumerable<RowVersion> rows) =>
        _store.ReconcileAsync(_table.Generation, IndexFolder.Walk(rows), default);

    private async Task<RowVersion> FoundAsync(long id) =>
        (await _store.SearchAsync(_table.Generation, [IndexFolder.Row(id).Whole], 1, null, default)).ShouldHaveSingleItem().Row;

    private async Task<IEnumerable<RowVersion>> AllAsync() =>
        (await _store.SearchAsync(_table.Generation, [IndexFolder.Vector(0)], 1_000, null, default)).Select(hit => hit.Row).OrderBy(row => row.Id);
}
