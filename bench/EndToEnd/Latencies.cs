using System.Diagnostics;

namespace ImageSearch.EndToEnd;

/// <summary>How long calls took, each and all together. Grows by the rounds in which the calls are made.</summary>
internal sealed class Latencies
{
    private readonly List<double> _milliseconds = [];
    private double _seconds;

    public double PerSecond => Math.Round(_milliseconds.Count / _seconds, 1);

    public double P50 => Percentile(_milliseconds, 0.50);

    public double P99 => Percentile(_milliseconds, 0.99);

    /// <summary>Makes the calls of a range of numbers, so many at a time.</summary>
    public async Task MeasureAsync(Range calls, int concurrency, Func<int, Task> call)
    {
        var first = calls.Start.Value;
        var milliseconds = new double[calls.End.Value - first];
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(ClientAsync)));
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        _milliseconds.AddRange(milliseconds);

        async Task ClientAsync()
        {
            while (Interlocked.Increment(ref next) is var at && at < milliseconds.Length)
            {
                var begun = Stopwatch.GetTimestamp();
                await call(first + at);
                milliseconds[at] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }
        }
    }

    /// <summary>The median, in ms, of how much longer a call took than the call of the same number in the other measurement.</summary>
    public double MedianOver(Latencies other) => Percentile(_milliseconds.Zip(other._milliseconds, (mine, theirs) => mine - theirs), 0.50);

    private static double Percentile(IEnumerable<double> milliseconds, double part)
    {
        double[] sorted = [.. milliseconds.Order()];
        return Math.Round(sorted[(int)Math.Min(sorted.Length - 1, part * sorted.Length)], 2);
    }
}
