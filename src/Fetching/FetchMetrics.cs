using System.Diagnostics.Metrics;

namespace ImageSearch.Fetching;

/// <summary>What a fetcher measures. Never by host: clients name them.</summary>
public sealed class FetchMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ImageSearch.Fetching";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;

    /// <summary>Creates the meter and its instruments.</summary>
    public FetchMetrics() => _duration = _meter.CreateDuration(
        "imagesearch.fetch.duration", "How long a picture's URL took to fetch, with its wait for a place, by outcome.");

    /// <summary>Records a fetch.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="duration">Its duration, the wait for a place included.</param>
    public void Ended(string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
