using System.Diagnostics;

namespace ImageSearch.EndToEnd;

/// <summary>The durations of calls, each and in total, over several rounds.</summary>
/// <param name="processorTime">Returns the CPU time used so far by the measured process.</param>
internal sealed class Latencies(Func<TimeSpan> processorTime)
{
    private readonly List<double> _milliseconds = [];
    private double _seconds;
    private double _processorMilliseconds;

    public double PerSecond => _milliseconds.Count == 0 ? 0 : _milliseconds.Count / _seconds;

    public double P50 => Percentile(_milliseconds, 0.50);

    public double P99 => Percentile(_milliseconds, 0.99);

    /// <summary>CPU time per call, which hardly depends on the load of the machine.</summary>
    public double ProcessorMilliseconds => Math.Round(_processorMilliseconds / _milliseconds.Count, 2);

    /// <summary>Makes the calls of a range of numbers with a number of concurrent clients.</summary>
    public async Task MeasureAsync(Range calls, int concurrency, Func<int, Task> call)
    {
        var first = calls.Start.Value;
        var milliseconds = new double[calls.End.Value - first];
        var next = -1;
        var processorTimeBefore = processorTime();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(ClientAsync)));
        _seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        _processorMilliseconds += (processorTime() - processorTimeBefore).TotalMilliseconds;
        _milliseconds.AddRange(milliseconds);

        async Task ClientAsync()
        {
            while (Interlocked.Increment(ref next) is var i && i < milliseconds.Length)
            {
                var callStarted = Stopwatch.GetTimestamp();
                await call(first + i);
                milliseconds[i] = Stopwatch.GetElapsedTime(callStarted).TotalMilliseconds;
            }
        }
    }

    /// <summary>The median difference, in ms, to the calls of the same numbers in another measurement.</summary>
    public double MedianOver(Latencies other) => Percentile(_milliseconds.Zip(other._milliseconds, (mine, theirs) => mine - theirs), 0.50);

    private static double Percentile(IEnumerable<double> milliseconds, double quantile)
    {
        double[] sorted = [.. milliseconds.Order()];
        return Math.Round(sorted[(int)Math.Min(sorted.Length - 1, quantile * sorted.Length)], 2);
    }
}
