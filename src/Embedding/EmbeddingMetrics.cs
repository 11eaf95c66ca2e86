using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch.Embedding;

/// <summary>Instruments of an embedder.</summary>
public sealed class EmbeddingMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "ImageSearch.Embedding";

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _stage;

    /// <summary>Creates the meter and its histograms.</summary>
    public EmbeddingMetrics()
    {
        _duration = Meter.CreateDuration(
            "imagesearch.embedding.duration", "Duration of embedding a picture, including the wait for a lane, by outcome.");
        _stage = Meter.CreateDuration(
            "imagesearch.embedding.stage.duration", "Duration of the work of a lane on a view of a picture, by stage: decode, inference, thumbnail.");
    }

    internal Meter Meter { get; } = new(MeterName);

    // A start for the other members.
    internal static long Now => Stopwatch.GetTimestamp();

    internal static TimeSpan Since(long started) => Stopwatch.GetElapsedTime(started);

    /// <summary>Creates the gauge of waiting pictures.</summary>
    /// <param name="waiting">Returns their number; called at each measurement.</param>
    public void ShowWaiting(Func<int> waiting) =>
        Meter.CreateObservableGauge("imagesearch.embedding.waiting", waiting, "{picture}", "Pictures that wait for memory or a lane.");

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    internal void Ended(string outcome, long started) =>
        _duration.Record(Since(started).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    internal void Decoded(long started) => Record("decode", started);

    internal void Inferred(long started) => Record("inference", started);

    internal void Thumbnailed(long started) => Record("thumbnail", started);

    private void Record(string stage, long started) =>
        _stage.Record(Since(started).TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
}
