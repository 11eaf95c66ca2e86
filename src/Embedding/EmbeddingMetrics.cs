using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImageSearch.Embedding;

/// <summary>What an embedder measures.</summary>
internal sealed class EmbeddingMetrics : IDisposable
{
    public const string MeterName = "ImageSearch.Embedding";

    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _stage;

    public Meter Meter { get; } = new(MeterName);

    public EmbeddingMetrics()
    {
        _duration = Meter.CreateDuration(
            "imagesearch.embedding.duration", "How long a picture took from its bytes to its vectors, with its wait for a lane, by outcome.");
        _stage = Meter.CreateDuration(
            "imagesearch.embedding.stage.duration", "How long a lane worked on a view of a picture, by stage: decode, inference.");
    }

    /// <summary>A clock reading for the other members.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>The time since a reading.</summary>
    public static TimeSpan Since(long began) => Stopwatch.GetElapsedTime(began);

    /// <summary>Shows how many pictures wait.</summary>
    public void ShowWaiting(Func<int> waiting) =>
        Meter.CreateObservableGauge("imagesearch.embedding.waiting", waiting, "{picture}", "Pictures that wait for memory or a lane.");

    /// <summary>A picture has its answer.</summary>
    public void Ended(string outcome, long began) =>
        _duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A view is decoded.</summary>
    public void Decoded(long began) => Record("decode", began);

    /// <summary>The network has run on a view.</summary>
    public void Inferred(long began) => Record("inference", began);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    private void Record(string stage, long began) =>
        _stage.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
}
