using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>Folders of dropped tables.</summary>
public sealed class DroppedIndexTests : IDisposable
{
    private readonly IndexFolder _folder = new();
    private readonly TableRecord _table = IndexFolder.Table(7, "Shop_1");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_drop_removes_the_folder_of_a_table_in_memory()
    {
        await using var store = await FilledAsync();
        await store.DropAsync(_table.Generation, default);
        Directory.Exists(_folder.FolderOf(_table)).ShouldBeFalse();
        store.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task A_drop_removes_the_folder_of_a_table_that_was_not_opened_since_the_start()
    {
        await (await FilledAsync()).DisposeAsync();
        Directory.Exists(_folder.FolderOf(_table)).ShouldBeTrue();
        await using var store = _folder.Open();
        await store.DropAsync(_table.Generation, default);
        Directory.Exists(_folder.FolderOf(_table)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_drop_waits_for_searches_and_refuses_those_behind_it()
    {
        await using var store = await FilledAsync();
        var lease = await store.Tables.UseAsync(_table.Generation, default);
        var drop = store.DropAsync(_table.Generation, default);
        await Should.ThrowAsync<VectorStoreException>(async () => await store.SearchAsync(_table.Generation, [IndexFolder.Vector(1)], 1, null, default));
        drop.IsCompleted.ShouldBeFalse();
        lease.Index.Count.ShouldBe(1);
        lease.Dispose();
        await drop;
        Directory.Exists(_folder.FolderOf(_table)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_sweep_removes_what_the_catalog_does_not_know_and_nothing_else()
    {
        string[] kept = ["7_Shop_1", "logs", "8", "_8", "8_1x", "8_a-b", "x_8"];
        string[] swept = ["7_shop_1", "8_Shop_1", "9_a"];
        foreach (var folder in kept.Concat(swept)) Directory.CreateDirectory(Path.Combine(_folder.Path, folder));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "10_file"), "");
        await using var store = _folder.Open();
        store.Sweep([_table]);
        Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(kept.Append("10_file").Order());
    }

    private async Task<EmbeddedVectorStore> FilledAsync()
    {
        var store = _folder.Open();
        await store.OpenAsync(_table, default);
        await store.PutAsync(_table.Generation, [IndexFolder.Row(1)], default);
        return store;
    }
}
