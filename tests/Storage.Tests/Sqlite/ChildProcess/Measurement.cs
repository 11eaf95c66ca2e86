using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>
/// Measures the catalog on this machine and disk: <c>dotnet build -c Release tests/Storage.Tests</c>, then
/// <c>dotnet exec tests/Storage.Tests/bin/Release/net10.0/ImageSearch.Storage.Tests.dll measure EMPTY_FOLDER</c>. With
/// <c>compare</c> instead of <c>measure</c>, SQLite and the server of MYSQL_TEST_SERVER alternate.
/// </summary>
internal static class Measurement
{
    private const int Dimension = 512;
    private const int Adds = 4000;
    private const int Reads = 2000;

    public static async Task CompareAsync(SqliteCatalog sqlite, Func<string, Task> sayAsync)
    {
        await using var database = TestDatabase.Create();
        await using var mySql = await MySqlCatalog.OpenAsync(
            database.Options with { PoolSize = 16 }, TimeProvider.System, NullLogger<MySqlCatalog>.Instance, default);
        var model = new ModelIdentity("measured", "1", Dimension);
        var name = TableName.Parse("shop").Value;
        var row = new NewPicture(new PictureVectors(model, Rows.Vector(1, Dimension)), new PictureTexts("tags", "brief", "key", "path"));
        (string Name, ICatalog Catalog, TableGeneration Table)[] both =
        [
            ("SQLite", sqlite, (await sqlite.CreateTableAsync(name, model, Metric.L2, default)).Generation),
            ("MySQL", mySql, (await mySql.CreateTableAsync(name, model, Metric.L2, default)).Generation),
        ];
        foreach (var (_, catalog, table) in both) await AddAsync(catalog, table, row, callers: 8);
        foreach (var callers in new[] { 1, 8, 64, 1, 8, 64 })
        {
            foreach (var (which, catalog, table) in both)
            {
                var watch = Stopwatch.StartNew();
                await AddAsync(catalog, table, row, callers);
                await sayAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{which}, {callers} callers: {Adds / watch.Elapsed.TotalSeconds:F0} adds/s"));
            }
        }

        foreach (var rows in new[] { 8, 64, 256, 8, 64, 256 })
        {
            NewPicture[] pictures = [.. Enumerable.Repeat(row, rows)];
            foreach (var (which, catalog, table) in both)
            {
                var watch = Stopwatch.StartNew();
                for (var added = 0; added < Adds; added += rows) await catalog.AddManyAsync(table, pictures, searchable: true, default);
                var rate = Math.Ceiling((double)Adds / rows) * rows / watch.Elapsed.TotalSeconds;
                await sayAsync(string.Create(CultureInfo.InvariantCulture, $"{which}, bulk adds of {rows}: {rate:F0} rows/s"));
            }
        }

        foreach (var (which, catalog, table) in both)
        {
            var vectors = await ReadVectorsAsync(catalog, table);
            await sayAsync(string.Create(CultureInfo.InvariantCulture, $"{which}: {vectors:F0} vectors read/s"));
            foreach (var count in new[] { 10, 1000 })
            {
                var wanted = Enumerable.Range(0, count).Select(i => new RowVersion(1 + (i * 7919L % (4 * Adds)), 1)).ToList();
                var watch = Stopwatch.StartNew();
                for (var i = 0; i < Reads / 10; i++) await catalog.ReadTextsAsync(table, wanted, default);
                await sayAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{which}: {watch.Elapsed.TotalMicroseconds * 10 / Reads:F0} us to read texts of {count} rows"));
            }
        }
    }

    public static async Task RunAsync(SqliteCatalog catalog, Func<string, Task> sayAsync)
    {
        var model = new ModelIdentity("measured", "1", Dimension);
        var table = (await catalog.CreateTableAsync(TableName.Parse("shop").Value, model, Metric.L2, default)).Generation;
        var row = new NewPicture(new PictureVectors(model, Rows.Vector(1, Dimension)), new PictureTexts("tags", "brief", "key", "path"));
        await AddAsync(catalog, table, row, callers: 8);
        foreach (var callers in new[] { 1, 8, 64 })
        {
            var (commits, watch) = (catalog.Writer.Commits, Stopwatch.StartNew());
            await AddAsync(catalog, table, row, callers);
            await SayAsync($"adds/s, {callers} callers", Adds / watch.Elapsed.TotalSeconds);
            await SayAsync($"  writes per commit, {callers} callers", (double)Adds / (catalog.Writer.Commits - commits));
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

    private static Task AddAsync(ICatalog catalog, TableGeneration table, NewPicture row, int callers) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Adds / callers; i++)
            {
                await catalog.AddAsync(table, row, default);
            }
        })));

    private static async Task<double> ReadVectorsAsync(ICatalog catalog, TableGeneration table)
    {
        var (rows, watch) = (0, Stopwatch.StartNew());
        await foreach (var batch in catalog.ReadVectorsAsync(table, Dimension, RowSelection.All, default))
        {
            rows += batch.Vectors.Count;
        }

        return rows / watch.Elapsed.TotalSeconds;
    }
}
