using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Grains.Tests.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Grains.Tests.Indexing;

/// <summary>Changes of other processes reach this process's indexes, in memory or evicted.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls IAsyncLifetime.DisposeAsync.")]
public sealed class ChangeFeedTests : IAsyncLifetime
{
    private static readonly ModelIdentity Model = new("test", "1", 4);

    private readonly string _folder = Directory.CreateTempSubdirectory("imagesearch-changes-").FullName;

    private SharedCatalog Catalog { get; set; } = null!;

    private FaultyVectorStore Vectors { get; set; } = null!;

    private ChangeFeed Feed { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Catalog = new SharedCatalog(
            await SqliteCatalog.OpenAsync(
                new SqliteOptions { DataFolder = _folder }, TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default));

        // The memory limit holds one table at a time.
        Vectors = new FaultyVectorStore(isFilledFromCatalog: true, Path.Combine(_folder, "index"), memoryLimit: 1);
        Feed = new ChangeFeed(Catalog, Vectors, new TableLoads(TimeProvider.System), NullLogger<ChangeFeed>.Instance);
    }

    public async Task DisposeAsync()
    {
        await Vectors.DisposeAsync();
        await Catalog.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Changes_reach_a_table_whose_index_is_evicted()
    {
        var shop = await OpenAsync("shop");
        var kept = await AddElsewhereAsync(shop, 10);
        var removed = await AddElsewhereAsync(shop, 20);
        await Feed.PollAsync(default);
        var alone = Vectors.Bytes;
        var other = await OpenAsync("other");
        await FoundAsync(other);
        Vectors.Bytes.ShouldBeLessThanOrEqualTo(alone);

        await DeleteElsewhereAsync(shop, removed);
        var added = await AddElsewhereAsync(shop, 30);
        await Feed.PollAsync(default);
        await FoundAsync(other);

        (await FoundAsync(shop)).ShouldBe([kept, added], ignoreOrder: true);
    }

    [Fact]
    public async Task Changes_that_could_not_be_applied_are_applied_by_the_next_poll()
    {
        var shop = await OpenAsync("shop");
        var added = await AddElsewhereAsync(shop, 10);
        Vectors.IsDown = true;
        await Feed.PollAsync(default);
        Vectors.IsDown = false;

        await Feed.PollAsync(default);

        (await FoundAsync(shop)).ShouldBe([added]);
    }

    [Fact]
    public async Task A_table_whose_changes_are_no_longer_kept_is_compared_with_the_catalog()
    {
        var shop = await OpenAsync("shop");
        var kept = await AddElsewhereAsync(shop, 10);
        var removed = await AddElsewhereAsync(shop, 20);
        await Feed.PollAsync(default);
        await DeleteElsewhereAsync(shop, removed);
        var added = await AddElsewhereAsync(shop, 30);
        Catalog.IsLogTruncated = true;

        await Feed.PollAsync(default);

        (await FoundAsync(shop)).ShouldBe([kept, added], ignoreOrder: true);
        Catalog.VectorsRead.ShouldBe(1);
    }

    [Fact]
    public async Task A_table_that_another_process_dropped_is_removed_and_reported_once()
    {
        var shop = await OpenAsync("shop");
        await Catalog.DropTableAsync(shop.Generation, default);

        (await Feed.PollAsync(default)).ShouldBe([shop.Generation.Name]);

        (await Feed.PollAsync(default)).ShouldBeEmpty();
        await Should.ThrowAsync<VectorStoreException>(() => FoundAsync(shop));
    }

    [Fact]
    public async Task A_table_that_was_reopened_during_a_poll_is_still_watched()
    {
        var shop = await OpenAsync("shop");
        await AddElsewhereAsync(shop, 10);
        Vectors.BeforePut = async () =>
        {
            // As a grain does that finds the table lost during the poll, which then fails on the closed table.
            Vectors.BeforePut = () => Task.CompletedTask;
            await Vectors.DropAsync(shop.Generation, default);
            await Feed.WatchAsync(shop, default);
        };
        await Feed.PollAsync(default);
        await Vectors.OpenAsync(shop, default);

        var added = await AddElsewhereAsync(shop, 20);
        await Feed.PollAsync(default);

        (await FoundAsync(shop)).ShouldBe([added]);
    }

    private async Task<TableRecord> OpenAsync(string name)
    {
        var table = await Catalog.CreateTableAsync(TableName.Parse(name).Value, Model, Metric.L2, default);
        await Vectors.OpenAsync(table, default);
        await Feed.WatchAsync(table, default);
        return table;
    }

    private async Task<RowVersion> AddElsewhereAsync(TableRecord table, double degrees)
    {
        float[] vector = [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0, 0];
        var picture = new NewPicture(new PictureVectors(table.Model, vector), new PictureTexts());
        var row = (await Catalog.AddAsync(table.Generation, picture, searchable: true, default)).ShouldSucceed();
        Catalog.AppendChange(table.Generation, [new RowVectors(row, vector, null)], []);
        return row;
    }

    private async Task DeleteElsewhereAsync(TableRecord table, RowVersion row)
    {
        await Catalog.DeleteByIdsAsync(table.Generation, [row.Id], default);
        Catalog.AppendChange(table.Generation, [], [row]);
    }

    private async Task<IEnumerable<RowVersion>> FoundAsync(TableRecord table) =>
        (await Vectors.SearchAsync(table.Generation, [new float[] { 1, 0, 0, 0 }], 10, null, default)).Select(hit => hit.Row);
}
