using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.ClusterBench;

/// <summary>Overhead of a grain call: a search with a vector of 512 values that returns ten hits with texts, one call at a time.</summary>
internal static class CallOverhead
{
    /// <param name="name">Describes where the grain is.</param>
    /// <param name="start">Starts the silo of the grain.</param>
    /// <param name="calls">Number of measured calls. A quarter as many warm up.</param>
    public static async Task<string> MeasureAsync(string name, Func<Task<GrainPlace>> start, int calls)
    {
        await using var place = await start();
        var table = place.Grains.GetGrain<ITableGrain>("shop", typeof(FixedGrain).FullName);
        var query = new PictureQuery(new PictureVectors(new ModelIdentity("bench", "1", 512), new float[512]), 10);
        var microseconds = new double[calls];
        for (var i = -calls / 4; i < calls; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var found = await table.SearchAsync(query, CancellationToken.None);
            if (found.Value?.Hits.Count != 10) throw new InvalidOperationException("the grain did not return ten hits");
            if (i >= 0) microseconds[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {calls} calls, p50 {microseconds[calls / 2]:F1} us, p99 {microseconds[calls * 99 / 100]:F1} us");
    }
}
