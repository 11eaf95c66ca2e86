using System.Diagnostics.Metrics;

namespace ImageSearch.Fetching;

/// <summary>Instruments of fetching. They have no tag for the host: clients choose it.</summary>
public sealed class FetchMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ImageSearch.Fetching";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;

    /// <summary>Creates the meter and its instruments.</summary>
    public FetchMetrics() => _duration = _meter.CreateDuration(
        "imagesearch.fetch.duration", "Duration of fetching a picture from its URL, including the wait for a slot, by outcome.");

    /// <summary>Records a fetch.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="duration">Its duration, including the wait for a slot.</param>
    public void Ended(string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
