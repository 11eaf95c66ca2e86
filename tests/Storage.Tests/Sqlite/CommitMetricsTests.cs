using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>Metrics of SQLite commits.</summary>
public sealed class CommitMetricsTests : IDisposable
{
    private const string Duration = "imagesearch.catalog.commit.duration";
    private const string Writes = "imagesearch.catalog.commit.writes";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_commit_is_measured_with_the_writes_that_share_it()
    {
        await using var catalog = await _folder.OpenAsync();
        var table = await CreateAsync(catalog);
        using var held = await HeldWriter.HoldAsync(catalog);
        var adds = Enumerable.Range(0, 20).Select(i => catalog.AddAsync(table, Rows.Row(i), default)).ToList();
        using var measured = Listen(catalog);

        await held.ReleaseAsync();
        await Task.WhenAll(adds);

        // The first commit is that of the blocked writer.
        measured.Of(Writes).Select(commit => commit.Value).ShouldBe([1, 20]);
        measured.Of(Duration).Select(commit => commit["outcome"]).ShouldBe(["ok", "ok"]);
    }

    [Fact]
    public async Task A_commit_that_stores_nothing_is_measured_as_failed()
    {
        await using var catalog = await DataFolder.OpenAsync(_folder.Options with { BusyTimeout = TimeSpan.Zero });
        var table = await CreateAsync(catalog);
        using var measured = Listen(catalog);
        using var other = _folder.Connect();
        DataFolder.Execute(other, "BEGIN IMMEDIATE");

        await Should.ThrowAsync<CatalogException>(async () => await catalog.AddAsync(table, Rows.Row(), default));

        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe("failed");
        measured.Of(Writes).ShouldBeEmpty();
    }

    private static async Task<TableGeneration> CreateAsync(SqliteCatalog catalog) =>
        (await catalog.CreateTableAsync(TableName.Parse("shop").Value, Rows.Model, Metric.L2, default)).Generation;

    private static Measurements Listen(SqliteCatalog catalog) => new(instrument => instrument.Meter == catalog.Writer.Metrics.Meter);
}
