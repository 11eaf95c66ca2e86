namespace ImageSearch.Api.Figures;

/// <summary>
/// Counts durations in buckets, each 9 % wider than the one before, so that a percentile is at most 5 % off. Many threads record, one takes.
/// </summary>
internal sealed class DurationBuckets
{
    private const double SmallestSeconds = 1e-5;
    private const int BucketsPerDoubling = 8;

    // Up to 80 seconds. Longer ones count in the last bucket.
    private const int Count = 23 * BucketsPerDoubling;

    private readonly long[] _counts = new long[Count];

    /// <summary>Counts a duration.</summary>
    public void Record(double seconds) => Interlocked.Increment(ref _counts[IndexOf(seconds)]);

    /// <summary>The percentiles of what was recorded since the last call; null if nothing was.</summary>
    public Percentiles? Take()
    {
        Span<long> counts = stackalloc long[Count];
        var total = 0L;
        for (var i = 0; i < Count; i++) total += counts[i] = Interlocked.Exchange(ref _counts[i], 0);
        return total == 0 ? null : new Percentiles(At(counts, total * 0.5), At(counts, total * 0.99));
    }

    private static int IndexOf(double seconds) =>
        seconds <= SmallestSeconds ? 0 : Math.Min(Count - 1, (int)(Math.Log2(seconds / SmallestSeconds) * BucketsPerDoubling));

    private static double At(ReadOnlySpan<long> counts, double rank)
    {
        var index = 0;
        for (var before = counts[0]; before < rank; before += counts[index]) index++;
        return 1000 * SmallestSeconds * Math.Pow(2, (index + 0.5) / BucketsPerDoubling);
    }
}

/// <summary>Percentiles of durations.</summary>
/// <param name="P50">The median in milliseconds.</param>
/// <param name="P99">The 99th percentile in milliseconds.</param>
internal sealed record Percentiles(double P50, double P99);
