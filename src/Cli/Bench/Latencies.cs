using System.Collections.Concurrent;

namespace ImageSearch.Cli.Bench;

/// <summary>The times of calls that concurrent clients made.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<TimeSpan> _times = [];
    private long _failed;

    public long Count => _times.Count;

    public long Failed => Interlocked.Read(ref _failed);

    public void Add(TimeSpan time) => _times.Add(time);

    public void Fail() => Interlocked.Increment(ref _failed);

    /// <summary>The milliseconds that a share of the calls stayed below.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public double? Percentile(double share)
    {
        var sorted = _times.Order().ToList();
        return sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))].TotalMilliseconds;
    }
}
