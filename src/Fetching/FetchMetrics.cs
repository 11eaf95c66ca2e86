using System.Diagnostics.Metrics;

namespace ImageSearch.Fetching;

/// <summary>What a fetcher measures. Never by host: clients name them.</summary>
internal sealed class FetchMetrics : IDisposable
{
    public const string MeterName = "ImageSearch.Fetching";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;

    public FetchMetrics() => _duration = _meter.CreateDuration(
        "imagesearch.fetch.duration", "How long a picture's URL took to fetch, with its wait for a place, by outcome.");

    public void Ended(string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
