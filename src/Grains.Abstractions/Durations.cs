using System.Diagnostics.Metrics;

namespace ImageSearch;

/// <summary>Creates histograms of durations. All have the same buckets, so that dashboards can compare them.</summary>
public static class Durations
{
    // From a search in a small index to the load of a large table. OpenTelemetry's default starts at five seconds.
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>Creates a histogram in seconds.</summary>
    /// <param name="meter">The meter that owns it.</param>
    /// <param name="name">Its name, ending in <c>.duration</c>.</param>
    /// <param name="description">What is measured.</param>
    public static Histogram<double> CreateDuration(this Meter meter, string name, string description)
    {
        ArgumentNullException.ThrowIfNull(meter);
        return meter.CreateHistogram(name, "s", description, tags: null, Buckets);
    }
}
