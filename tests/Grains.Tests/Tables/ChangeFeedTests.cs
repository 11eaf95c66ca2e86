using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Tables;

/// <summary>What other processes change comes to this one's indexes, wherever those are at that moment.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls IAsyncLifetime.DisposeAsync.")]
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private static readonly ModelIdentity Model = new("test", "1", 4);

    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-follower-").FullName;

    private SharedCatalog Catalog { get; set; } = null!;

    private FaultyVectorStore Vectors { get; set; } = null!;

    private ChangeFeed Follower { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Catalog = new SharedCatalog(
            await SqliteCatalog.OpenAsync(
                new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default));

        // So little memory that one table at a time is in it.
        Vectors = new FaultyVectorStore(isFilledFromCatalog: true, Path.Combine(_folder, "index"), memoryLimit: 1);
        Follower = new ChangeFeed(Catalog, Vectors, new TableLoads(TimeProvider.System), NullLogger<ChangeFeed>.Instance);
    }

    public async Task DisposeAsync()
    {
        await Vectors.DisposeAsync();
        await Catalog.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Changes_reach_a_table_whose_index_has_left_memory()
    {
        var shop = await OpenAsync("shop");
        var kept = await AddElsewhereAsync(shop, 10);
        var removed = await AddElsewhereAsync(shop, 20);
        await Follower.FollowAsync(default);
        var alone = Vectors.Bytes;
        var other = await OpenAsync("other");
        await FoundAsync(other);
        Vectors.Bytes.ShouldBeLessThanOrEqualTo(alone);

        await DeleteElsewhereAsync(shop, removed);
        var added = await AddElsewhereAsync(shop, 30);
        await Follower.FollowAsync(default);
        await FoundAsync(other);

        (await FoundAsync(shop)).ShouldBe([kept, added], ignoreOrder: true);
    }

    [Fact]
    public async Task Changes_that_could_not_be_applied_are_applied_by_the_next_turn()
    {
        var shop = await OpenAsync("shop");
        var added = await AddElsewhereAsync(shop, 10);
        Vectors.Down = true;
        await Follower.FollowAsync(default);
        Vectors.Down = false;

        await Follower.FollowAsync(default);

        (await FoundAsync(shop)).ShouldBe([added]);
    }

    [Fact]
    public async Task A_table_whose_changes_are_no_longer_kept_is_compared_with_the_catalog()
    {
        var shop = await OpenAsync("shop");
        var kept = await AddElsewhereAsync(shop, 10);
        var removed = await AddElsewhereAsync(shop, 20);
        await Follower.FollowAsync(default);
        await DeleteElsewhereAsync(shop, removed);
        var added = await AddElsewhereAsync(shop, 30);
        Catalog.ForgetsChanges = true;

        await Follower.FollowAsync(default);

        (await FoundAsync(shop)).ShouldBe([kept, added], ignoreOrder: true);
        Catalog.VectorsRead.ShouldBe(1);
    }

    [Fact]
    public async Task The_vectors_of_a_table_that_another_process_dropped_go_and_its_name_is_told_once()
    {
        var shop = await OpenAsync("shop");
        await Catalog.DropTableAsync(shop.Generation, default);

        (await Follower.FollowAsync(default)).ShouldBe([shop.Generation.Name]);

        (await Follower.FollowAsync(default)).ShouldBeEmpty();
        await Should.ThrowAsync<VectorStoreException>(() => FoundAsync(shop));
    }

    [Fact]
    public async Task A_table_that_was_opened_anew_meanwhile_is_still_watched()
    {
        var shop = await OpenAsync("shop");
        await AddElsewhereAsync(shop, 10);
        Vectors.BeforePut = async () =>
        {
            // As a grain does that finds the table lost: while the turn is under way, which fails on what it held.
            Vectors.BeforePut = () => Task.CompletedTask;
            await Vectors.DropAsync(shop.Generation, default);
            await Follower.WatchAsync(shop, default);
        };
        await Follower.FollowAsync(default);
        await Vectors.OpenAsync(shop, default);

        var added = await AddElsewhereAsync(shop, 20);
        await Follower.FollowAsync(default);

        (await FoundAsync(shop)).ShouldBe([added]);
    }

    private async Task<TableRecord> OpenAsync(string name)
    {
        var table = await Catalog.CreateTableAsync(TableName.Parse(name).Value, Model, Metric.L2, default);
        await Vectors.OpenAsync(table, default);
        await Follower.WatchAsync(table, default);
        return table;
    }

    private async Task<RowVersion> AddElsewhereAsync(TableRecord table, double degrees)
    {
        float[] vector = [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0, 0];
        var picture = new NewPicture(new PictureVectors(table.Model, vector), new PictureTexts());
        var row = (await Catalog.AddAsync(table.Generation, picture, searchable: true, default)).ShouldSucceed();
        Catalog.Note(table.Generation, [new RowVectors(row, vector, null)], []);
        return row;
    }

    private async Task DeleteElsewhereAsync(TableRecord table, RowVersion row)
    {
        await Catalog.DeleteByIdsAsync(table.Generation, [row.Id], default);
        Catalog.Note(table.Generation, [], [row]);
    }

    private async Task<IEnumerable<RowVersion>> FoundAsync(TableRecord table) =>
        (await Vectors.SearchAsync(table.Generation, [new float[] { 1, 0, 0, 0 }], 10, default)).Select(hit => hit.Row);
}
