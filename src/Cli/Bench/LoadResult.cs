namespace ImageSearch.Cli.Bench;

/// <summary>What a load measured.</summary>
internal sealed record LoadResult(string Name, int Clients, long Calls, long Failed, double Seconds, double PerSecond, double? P50Ms, double? P99Ms)
{
    public static LoadResult Of(string name, Latencies latencies, int clients, TimeSpan elapsed) => new(
        name, clients, latencies.Count, latencies.Failed, Math.Round(elapsed.TotalSeconds, 1), Math.Round(latencies.Count / elapsed.TotalSeconds, 1),
        Rounded(latencies.Percentile(0.5)), Rounded(latencies.Percentile(0.99)));

    private static double? Rounded(double? milliseconds) => milliseconds is { } value ? Math.Round(value, 1) : null;
}
