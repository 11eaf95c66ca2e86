using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Vectors.Embedded;

namespace ImageSearch.Storage.Tests.Sqlite.ChildProcess;

/// <summary>
/// Thousands of small tables in little memory: <c>dotnet build -c Release tests/Storage.Tests</c>, then
/// <c>dotnet exec tests/Storage.Tests/bin/Release/net10.0/ImageSearch.Storage.Tests.dll tables EMPTY_FOLDER</c>, and
/// the same with <c>versions</c> instead of <c>tables</c> for a comparison of 100,000 rows with the catalog.
/// </summary>
internal static class TableMeasurement
{
    private const int Dimension = 512;
    private const int RowsATable = 200;
    private const int ManyRows = 100_000;
    private const long Limit = 256L << 20;

    // With fewer tables the limit is lower too, so that nine in ten are cold.
    private static readonly int Tables =
        int.Parse(Environment.GetEnvironmentVariable("TABLES") ?? "5000", NumberStyles.None, CultureInfo.InvariantCulture);

    public static async Task RunAsync(string folder, Func<string, Task> sayAsync)
    {
        var tables = Enumerable.Range(1, Tables)
            .Select(number => new TableRecord(
                new TableGeneration(TableName.Parse("shop").Value, number), new ModelIdentity("measured", "1", Dimension), Metric.L2))
            .ToList();
        var options = new EmbeddedVectorStoreOptions { Folder = Path.Combine(folder, "index"), MemoryLimitBytes = Limit * Tables / 5_000 };
        await SayAsync("MB resident before", ResidentMegabytes());
        await using (var store = new EmbeddedVectorStore(options))
        {
            var watch = Stopwatch.StartNew();
            foreach (var table in tables)
            {
                await store.OpenAsync(table, default);
                await store.PutAsync(table.Generation, [.. Enumerable.Range(1, RowsATable).Select(id => RowOf(table, id))], default);
            }

            await SayAsync("s to fill", watch.Elapsed.TotalSeconds);
            await SayAsync("tables in memory", store.Tables.InMemory().Count);
            await SearchAllAsync(store, "after filling");
        }

        await using (var store = new EmbeddedVectorStore(options))
        {
            var watch = Stopwatch.StartNew();
            foreach (var table in tables) await store.OpenAsync(table, default);
            await SayAsync("s to open all after a restart", watch.Elapsed.TotalSeconds);
            await SearchAllAsync(store, "after a restart");
            watch.Restart();
            await Parallel.ForEachAsync(tables, async (table, _) => await ShouldFindAsync(store, table));
            await SayAsync("tables/s, all cold, searched side by side", Tables / watch.Elapsed.TotalSeconds);
            await SayAsync("MB resident", ResidentMegabytes());
        }

        async Task SearchAllAsync(EmbeddedVectorStore store, string when)
        {
            var order = tables.ToArray();
            new Random(1).Shuffle(order);
            var (times, most) = (new List<double>(Tables), 0.0);
            foreach (var table in order)
            {
                var began = Stopwatch.GetTimestamp();
                await ShouldFindAsync(store, table);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                if (times.Count % 100 == 0) most = Math.Max(most, ResidentMegabytes());
            }

            times.Sort();
            await SayAsync($"ms to a table's first answer {when}: median", times[Tables / 2]);
            await SayAsync("  99 of 100", times[Tables * 99 / 100]);
            await SayAsync("  most", times[^1]);
            await SayAsync("  MB that the store counts", store.Bytes / 1048576.0);
            await SayAsync("  MB resident at most", most);
        }

        Task SayAsync(string what, double value) => sayAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:F1}"));
    }

    public static async Task CompareAsync(SqliteCatalog catalog, string folder, Func<string, Task> sayAsync)
    {
        var model = new ModelIdentity("measured", "1", Dimension);
        var table = await catalog.CreateTableAsync(TableName.Parse("shop").Value, model, Metric.L2, default);
        var adding = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, ManyRows),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (id, _) => await catalog.AddAsync(
                table.Generation, new NewPicture(new PictureVectors(model, VectorOf(id)), new PictureTexts("tags")), searchable: true, default));
        await SayAsync("adds/s, 64 callers", ManyRows / adding.Elapsed.TotalSeconds);
        for (var round = 0; round < 3; round++)
        {
            var (rows, watch) = (0, Stopwatch.StartNew());
            await foreach (var batch in catalog.ReadVersionsAsync(table.Generation, RowSelection.All, default)) rows += batch.Count;
            await SayAsync($"ms to read {rows} versions", watch.Elapsed.TotalMilliseconds);
        }

        var options = new EmbeddedVectorStoreOptions { Folder = Path.Combine(folder, "index") };
        await using (var store = new EmbeddedVectorStore(options))
        {
            await store.OpenAsync(table, default);
            var watch = Stopwatch.StartNew();
            await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, Dimension, RowSelection.All, default))
                await store.PutAsync(table.Generation, batch.Vectors, default);
            await SayAsync("s to fill the index from the catalog", watch.Elapsed.TotalSeconds);
        }

        await using (var store = new EmbeddedVectorStore(options))
        {
            var watch = Stopwatch.StartNew();
            await store.OpenAsync(table, default);
            await SayAsync("ms to open the snapshot", watch.Elapsed.TotalMilliseconds);
            watch.Restart();
            var found = await store.ReconcileAsync(
                table.Generation, catalog.ReadVersionsAsync(table.Generation, RowSelection.All, default), default);
            await SayAsync($"ms to compare it with the catalog ({found.Missing.Count} missing, {found.Removed} removed)", watch.Elapsed.TotalMilliseconds);
        }

        Task SayAsync(string what, double value) => sayAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:F1}"));
    }

    private static async Task ShouldFindAsync(EmbeddedVectorStore store, TableRecord table)
    {
        var wanted = 1 + (int)(table.Generation.Number % RowsATable);
        var hits = await store.SearchAsync(table.Generation, [RowOf(table, wanted).Whole], 10, null, default);
        hits.Count.ShouldBe(10);
        hits[0].Row.ShouldBe(new RowVersion(wanted, 1));
    }

    private static RowVectors RowOf(TableRecord table, int id) =>
        new(new RowVersion(id, 1), VectorOf(unchecked((int)(table.Generation.Number * 1_000) + id)), null);

    // Rows.Vector is too slow for a million.
    private static float[] VectorOf(int seed)
    {
        var values = new float[Dimension];
        var (state, squares) = (unchecked((uint)seed * 2_654_435_761u) | 1u, 0.0);
        for (var i = 0; i < Dimension; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            values[i] = (state / (float)uint.MaxValue) - 0.5f;
            squares += (double)values[i] * values[i];
        }

        var length = (float)Math.Sqrt(squares);
        for (var i = 0; i < Dimension; i++) values[i] /= length;
        return values;
    }

    private static double ResidentMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }
}
