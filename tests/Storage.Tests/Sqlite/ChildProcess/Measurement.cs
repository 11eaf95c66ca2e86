using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>
/// How fast the catalog is on this machine and disk: <c>dotnet build -c Release tests/Storage.Tests</c>, then
/// <c>dotnet exec tests/Storage.Tests/bin/Release/net10.0/ImageSearch.Storage.Tests.dll measure EMPTY_FOLDER [LIBRARY]</c>.
/// </summary>
internal static class Measurement
{
    private const int Dimension = 512;
    private const int Adds = 4000;
    private const int Reads = 2000;

    public static async Task RunAsync(SqliteCatalog catalog, Func<string, Task> sayAsync)
    {
        var model = new ModelIdentity("measured", "1", Dimension);
        var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, model, Metric.L2, default)).Generation;
        var row = new RowToAdd(Rows.Vector(1, Dimension), null, new PictureTexts("tags", "brief", "key", "path"), false, true);
        await AddAsync(catalog, table, row, callers: 8);
        foreach (var callers in new[] { 1, 8, 64 })
        {
            var (commits, watch) = (catalog.Writer.Commits, Stopwatch.StartNew());
            await AddAsync(catalog, table, row, callers);
            await SayAsync($"adds/s, {callers} callers", Adds / watch.Elapsed.TotalSeconds);
            await SayAsync($"  writes a commit, {callers} callers", (double)Adds / (catalog.Writer.Commits - commits));
        }

        for (var round = 0; round < 2; round++)
        {
            await SayAsync("vectors read/s", await ReadVectorsAsync(catalog, table));
        }

        foreach (var count in new[] { 10, 1000 })
        {
            var wanted = Enumerable.Range(0, count).Select(i => new RowVersion(1 + (i * 7919L % (4 * Adds)), 1)).ToList();
            await catalog.ReadTextsAsync(table, wanted, default);
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Reads; i++)
            {
                await catalog.ReadTextsAsync(table, wanted, default);
            }

            await SayAsync($"microseconds to read texts of {count} rows", watch.Elapsed.TotalMicroseconds / Reads);
        }

        for (var round = 0; round < 2; round++)
        {
            var counting = Stopwatch.StartNew();
            var rows = (await catalog.CountSearchableAsync(table, default)).Value;
            await SayAsync($"microseconds to count {rows} rows", counting.Elapsed.TotalMicroseconds);
        }

        Task SayAsync(string what, double value) => sayAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:F1}"));
    }

    private static Task AddAsync(SqliteCatalog catalog, TableGeneration table, RowToAdd row, int callers) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Adds / callers; i++)
            {
                await catalog.AddAsync(table, row, default);
            }
        })));

    private static async Task<double> ReadVectorsAsync(SqliteCatalog catalog, TableGeneration table)
    {
        var (rows, watch) = (0, Stopwatch.StartNew());
        await foreach (var batch in catalog.ReadVectorsAsync(table, Dimension, RowSelection.All, default))
        {
            rows += batch.Vectors.Count;
        }

        return rows / watch.Elapsed.TotalSeconds;
    }
}
