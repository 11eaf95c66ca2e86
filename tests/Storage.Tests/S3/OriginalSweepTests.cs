using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Originals;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static ImageSearch.Storage.Tests.S3.ObjectRows;

namespace ImageSearch.Storage.Tests.S3;

public sealed class OriginalSweepTests : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly MemoryObjects _objects = new();
    private readonly SettableTime _time = new();
    private SqliteCatalog _catalog = null!;
    private TableGeneration _table;

    public async Task InitializeAsync()
    {
        _catalog = await DataFolder.OpenAsync(_folder.Options with { Objects = _objects });
        _table = await CreateAsync("shop");
        _time.Now = _objects.Now + OriginalSweep.Grace + TimeSpan.FromMinutes(1);
    }

    public async Task DisposeAsync() => await _catalog.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Objects_of_rows_stay()
    {
        for (var i = 0; i < 5; i++) await AddAsync(_catalog, _table, $"file {i}");

        (await SweepAsync()).ShouldBe(0);

        (await ReadAsync(_catalog, _table, 5)).ShouldBe("file 4");
    }

    [Fact]
    public async Task Objects_of_deleted_replaced_and_refused_rows_and_of_dropped_tables_are_deleted()
    {
        var other = await CreateAsync("other");
        await AddAsync(_catalog, other, "dropped");
        var (stays, deleted, replaced) =
            (await AddAsync(_catalog, _table, "stays"), await AddAsync(_catalog, _table, "deleted"), await AddAsync(_catalog, _table, "old"));
        (await _catalog.ChangeAsync(_table, new PictureChange(999, Row("refused").Vectors, new PictureTexts()), default)).Failure.ShouldNotBeNull();
        await _catalog.DeleteByIdsAsync(_table, [deleted], default);
        await ReplaceAsync(_catalog, _table, replaced, "new");
        await _catalog.DropTableAsync(other, default);
        while (_folder.Number($"SELECT count(*) FROM imagesearch_pictures WHERE generation = {other.Number}") > 0) await Task.Yield();

        (await SweepAsync()).ShouldBe(4);

        _objects.Objects.Count.ShouldBe(2);
        (await ReadAsync(_catalog, _table, stays)).ShouldBe("stays");
        (await ReadAsync(_catalog, _table, replaced)).ShouldBe("new");
    }

    [Fact]
    public async Task An_object_whose_row_may_be_about_to_commit_stays()
    {
        _time.Now = _objects.Now + OriginalSweep.Grace;
        _objects.Objects[ObjectName.New(_catalog.Identity, _table.Number)] = ([1], _objects.Now);

        (await SweepAsync()).ShouldBe(0);
        _objects.Objects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Objects_of_another_catalog_stay()
    {
        _objects.Objects[ObjectName.New(_catalog.Identity + 1, _table.Number)] = ([1], _objects.Now);

        (await SweepAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_sweep_that_is_cut_off_deletes_the_rest_at_its_next_turn()
    {
        for (var i = 0; i < 3; i++) await AddAsync(_catalog, _table, "deleted");
        await _catalog.DeleteByIdsAsync(_table, [1, 2, 3], default);
        var calls = 0;
        _objects.BeforeAsync = call => call == "delete" && Interlocked.Increment(ref calls) > 1 ? throw MemoryObjects.Away : Task.CompletedTask;
        await Should.ThrowAsync<CatalogException>(SweepAsync());
        _objects.BeforeAsync = _ => Task.CompletedTask;

        (await SweepAsync()).ShouldBe(2);
    }

    private async Task<TableGeneration> CreateAsync(string name) =>
        (await _catalog.CreateTableAsync(TableName.Parse(name).Value, Rows.Model, Metric.L2, default)).Generation;

    private Task<long> SweepAsync() => new OriginalSweep(_objects, _catalog, _time, NullLogger<OriginalSweep>.Instance).RunAsync(default);
}
