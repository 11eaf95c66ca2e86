using System.Diagnostics;
using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Vectors;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Milvus;

/// <summary>
/// Measures the vector store over Milvus on the server of MILVUS_TEST_SERVER: <c>dotnet build -c Release tests/Storage.Tests</c>, then
/// <c>dotnet exec tests/Storage.Tests/bin/Release/net10.0/ImageSearch.Storage.Tests.dll milvus EMPTY_FOLDER</c>.
/// </summary>
internal static class MilvusMeasurement
{
    private const int Dimension = 512;
    private const int Batch = 1_024;
    private const int Searches = 1_000;
    private const int TopK = 10;

    private static readonly int Rows =
        int.Parse(Environment.GetEnvironmentVariable("ROWS") ?? "100000", NumberStyles.None, CultureInfo.InvariantCulture);

    // Seconds between the last put and the first search. Milvus indexes the rows in about 150 s on two cores; earlier searches scan the
    // rows that are not indexed.
    private static readonly int Settle =
        int.Parse(Environment.GetEnvironmentVariable("SETTLE") ?? "240", NumberStyles.None, CultureInfo.InvariantCulture);

    public static async Task RunAsync(SqliteCatalog catalog, Func<string, Task> reportAsync)
    {
        var model = new ModelIdentity("measured", "1", Dimension);
        var table = await catalog.CreateTableAsync(TableName.Parse($"measured_{Environment.ProcessId}").Value, model, Metric.L2, default);
        await using var store = new MilvusVectorStore(MilvusServer.Options, catalog, TimeProvider.System, NullLogger<MilvusVectorStore>.Instance);
        await store.OpenAsync(table, default);
        try
        {
            await FillAsync(store, table, reportAsync);
            await SearchAsync(store, table, reportAsync);
            await FindEachAsync(store, table, reportAsync);
        }
        finally
        {
            await store.DropAsync(table.Generation, default);
        }
    }

    private static async Task FillAsync(MilvusVectorStore store, TableRecord table, Func<string, Task> reportAsync)
    {
        var vectors = Enumerable.Range(1, Rows).Select(VectorOf).ToList();
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < Rows; first += Batch)
        {
            var rows = Enumerable.Range(first, Math.Min(Batch, Rows - first)).Select(i => new RowVectors(new RowVersion(i + 1, 1), vectors[i], null));
            await store.PutAsync(table.Generation, [.. rows], default);
        }

        await ReportAsync(reportAsync, $"vectors/s, {Rows} put in batches of {Batch}", Rows / watch.Elapsed.TotalSeconds);
        while (await store.Client.LoadProgressAsync(CollectionName.Of(table.Generation), default) < 100) await Task.Delay(100);
        watch.Restart();
        (await store.Client.CountAsync(CollectionName.Of(table.Generation), strong: true, default)).ShouldBe(Rows);
        await ReportAsync(reportAsync, "ms to count them (Strong)", watch.Elapsed.TotalMilliseconds);

        // The writes leave RecentWrites, and Milvus builds its index.
        await Task.Delay(TimeSpan.FromSeconds(Settle));
    }

    // Alternates the store's search, which sees every acknowledged write, with a plain Milvus search, which does not, so that both run
    // under the same load.
    private static async Task SearchAsync(MilvusVectorStore store, TableRecord table, Func<string, Task> reportAsync)
    {
        var (merged, plain, afterPut) = (new List<double>(), new List<double>(), new List<double>());
        var name = CollectionName.Of(table.Generation);
        for (var i = 0; i < Searches; i++)
        {
            ReadOnlyMemory<float>[] view = [VectorOf(-1 - i)];
            merged.Add(await TimeAsync(() => store.SearchAsync(table.Generation, view, TopK, null, default)));
            plain.Add(await TimeAsync(() => store.Client.SearchAsync(
                name, view, TopK, new MilvusSearch("L2", new Dictionary<string, int> { ["ef"] = 128 }), default)));
        }

        await ReportQuantilesAsync(reportAsync, "search", merged);
        await ReportQuantilesAsync(reportAsync, "plain Bounded search", plain);
        for (var i = 0; i < Searches / 4; i++)
        {
            await store.PutAsync(table.Generation, [new RowVectors(new RowVersion(Rows + 1 + i, 1), VectorOf(Rows + 1 + i), null)], default);
            ReadOnlyMemory<float>[] view = [VectorOf(-1 - i)];
            afterPut.Add(await TimeAsync(() => store.SearchAsync(table.Generation, view, TopK, null, default)));
        }

        await ReportQuantilesAsync(reportAsync, "search just after a put", afterPut);
    }

    private static async Task FindEachAsync(MilvusVectorStore store, TableRecord table, Func<string, Task> reportAsync)
    {
        var found = 0;
        for (var i = 0; i < Searches; i++)
        {
            var row = new RowVersion((2 * Rows) + i, 1);
            var vector = VectorOf((2 * Rows) + i);
            await store.PutAsync(table.Generation, [new RowVectors(row, vector, null)], default);
            if ((await store.SearchAsync(table.Generation, [vector], 1, null, default))[0].Row == row) found++;
        }

        await reportAsync(string.Create(CultureInfo.InvariantCulture, $"{found} of {Searches} puts found by the search that followed"));
    }

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static Task ReportQuantilesAsync(Func<string, Task> reportAsync, string name, List<double> times)
    {
        times.Sort();
        return reportAsync(string.Create(
            CultureInfo.InvariantCulture, $"ms, {name}: p50 {times[times.Count / 2]:F2}, p95 {times[times.Count * 95 / 100]:F2}, p99 {times[times.Count * 99 / 100]:F2}"));
    }

    private static Task ReportAsync(Func<string, Task> reportAsync, string name, double value) =>
        reportAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:F1}"));

    private static float[] VectorOf(int seed)
    {
        var random = new Random(seed);
        var values = new float[Dimension];
        for (var i = 0; i < Dimension; i++) values[i] = random.NextSingle() - 0.5f;
        var length = MathF.Sqrt(values.Sum(value => value * value));
        for (var i = 0; i < Dimension; i++) values[i] /= length;
        return values;
    }
}
