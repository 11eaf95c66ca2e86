using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Search;
using ImageSearch.Grains.Tables;
using ImageSearch.Grains.Tests.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>Searches over a real catalog and a store that lags behind it, compared with a brute-force model.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls IAsyncLifetime.DisposeAsync.")]
public sealed class TableSearcherTests : IAsyncLifetime
{
    private static readonly ModelIdentity Model = new("test", "1", 4);

    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-search-").FullName;
    private readonly Dictionary<long, PictureVectors> _rows = [];
    private readonly LaggingStore _store = new();
    private SqliteCatalog _catalog = null!;
    private TableRecord _table = null!;

    private TableSearcher Searcher => new(
        _catalog, _store, new TableIndexer(_catalog, _store, new TableLoads(TimeProvider.System), NullLogger.Instance));

    public async Task InitializeAsync()
    {
        _catalog = await SqliteCatalog.OpenAsync(
            new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);
        _table = await _catalog.CreateTableAsync(TableName.Parse("shop").Value, Model, Metric.L2, default);
    }

    public async Task DisposeAsync()
    {
        await _catalog.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Hits_are_the_nearest_live_rows_whatever_the_store_has_left(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            _store.IgnoresRemovals = random.Next(4) > 0;
            var choice = _rows.Count < 20 ? 0 : random.Next(8);
            if (choice <= 2) await AddAsync(AnyPicture(random));
            else if (choice <= 4) await UpdateAsync(AnyRow(random), AnyPicture(random));
            else if (choice <= 6) await DeleteAsync(AnyRow(random));
            else await SearchAsync(new PictureQuery(AnyPicture(random), random.Next(1, 50)));
        }
    }

    [Fact]
    public async Task Rows_that_the_catalog_does_not_have_are_removed_from_the_store()
    {
        await AddAsync(new PictureVectors(Model, UnitVector(0)));
        await AddAsync(new PictureVectors(Model, UnitVector(1)));
        _store.IgnoresRemovals = true;
        await DeleteAsync(1);
        _store.IgnoresRemovals = false;

        await SearchAsync(new PictureQuery(new PictureVectors(Model, UnitVector(0)), 1));

        _store.Rows.ShouldHaveSingleItem().Id.ShouldBe(2);
    }

    [Fact]
    public async Task The_store_is_asked_for_twice_as_many_rows_until_enough_are_live()
    {
        for (var i = 0; i < 10; i++) await AddAsync(new PictureVectors(Model, UnitVector(i * 0.1)));
        _store.IgnoresRemovals = true;
        for (var id = 1; id <= 6; id++) await DeleteAsync(id);
        _store.Requested.Clear();

        await SearchAsync(new PictureQuery(new PictureVectors(Model, UnitVector(0)), 2));

        _store.Requested.ShouldBe([2, 4, 8]);
    }

    [Fact]
    public async Task A_search_is_repeated_while_a_picture_is_being_changed()
    {
        var picture = new PictureVectors(Model, UnitVector(0));
        await AddAsync(picture);
        var change = new PictureChange(1, picture, new PictureTexts());
        var changed = (await _catalog.ChangeAsync(_table.Generation, change, searchable: true, default)).ShouldSucceed();
        _store.BeforeSearch = () => _store.Requested.Count < 2 ? Task.CompletedTask : PutAsync(changed, picture);

        await SearchAsync(new PictureQuery(picture, 1));

        _store.Requested.Count.ShouldBe(3);
    }

    private static float[] UnitVector(double radians) => [(float)Math.Cos(radians), (float)Math.Sin(radians), 0, 0];

    private static float[] AnyVector(Random random) => UnitVector(random.NextDouble() * 2 * Math.PI);

    private static PictureVectors AnyPicture(Random random) =>
        new(Model, AnyVector(random), random.Next(2) == 0 ? (ReadOnlyMemory<float>?)AnyVector(random) : null);

    private long AnyRow(Random random) => _rows.Keys.ElementAt(random.Next(_rows.Count));

    private async Task AddAsync(PictureVectors picture)
    {
        var row = (await _catalog.AddAsync(_table.Generation, new NewPicture(picture, new PictureTexts()), searchable: true, default)).ShouldSucceed();
        await PutAsync(row, picture);
    }

    private async Task UpdateAsync(long id, PictureVectors picture)
    {
        var change = new PictureChange(id, picture, new PictureTexts());
        await PutAsync((await _catalog.ChangeAsync(_table.Generation, change, searchable: true, default)).ShouldSucceed(), picture);
    }

    private async Task PutAsync(RowVersion row, PictureVectors picture)
    {
        await _store.PutAsync(_table.Generation, [new RowVectors(row, picture.Whole, picture.MainObject)], default);
        _rows[row.Id] = picture;
    }

    private async Task DeleteAsync(long id)
    {
        var deleted = (await _catalog.DeleteByIdsAsync(_table.Generation, [id], default)).ShouldSucceed();
        await _store.RemoveAsync(_table.Generation, deleted, default);
        _rows.Remove(id);
    }

    private async Task SearchAsync(PictureQuery query)
    {
        var expected = _rows
            .Select(row => (Id: row.Key, Distance: LaggingStore.SquaredDistance(query.Vectors, row.Value)))
            .OrderBy(row => row.Distance).Take(query.TopK).ToList();

        var hits = (await Searcher.SearchAsync(_table, query, default)).ShouldSucceed();

        hits.Hits.Select(hit => hit.Id).ShouldBe(expected.Select(row => row.Id));
        hits.Hits.Select(hit => hit.Distance).ShouldBe(expected.Select(row => row.Distance));
    }
}
