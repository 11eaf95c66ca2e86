using System.Diagnostics;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Embedding;

/// <summary>Embeds pictures with a network in ONNX Runtime, decoding them with libvips.</summary>
public sealed class OnnxPictureEmbedder : IPictureEmbedder
{
    private readonly EmbeddingSession _session;
    private readonly EmbeddingQueue _admission;
    private readonly EmbeddingMetrics _metrics = new();
    private readonly EmbeddingLanes _lanes;
    private readonly ILogger _logger;
    private int _disposed;

    private OnnxPictureEmbedder(EmbeddingSession session, EmbeddingOptions options, ILogger logger)
    {
        _session = session;
        _logger = logger;
        _admission = new EmbeddingQueue(options.Lanes + options.QueueLength);
        _lanes = new EmbeddingLanes(session, new PictureHeaderReader(options), options, _metrics);
        _metrics.ShowWaiting(() => Math.Max(0, _admission.Inside - _lanes.Working));
    }

    /// <inheritdoc/>
    public ModelIdentity Model => _session.Manifest.Identity;

    internal EmbeddingMetrics Metrics => _metrics;

    /// <summary>Loads the model and starts the lanes; takes some 100 ms.</summary>
    /// <param name="options">Where the model is and what may be used.</param>
    /// <param name="logger">Gets what was loaded, and faults.</param>
    /// <exception cref="ModelException">The model's folder is wrong; says what.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; names it.</exception>
    public static OnnxPictureEmbedder Open(EmbeddingOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        EmbeddingOptionsValidator.Check(options);
        var started = Stopwatch.GetTimestamp();
        var manifest = ManifestReader.Read(options.ModelPath);
        VipsLibrary.EnsureStarted();
        ModelHash.Check(manifest);
        var session = EmbeddingSession.Open(manifest);
        var embedder = new OnnxPictureEmbedder(session, options, logger);
        EmbeddingLog.Opened(logger, manifest.Identity.ToString(), options.Lanes, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return embedder;
    }

    /// <inheritdoc/>
    public async Task<Result<PictureVectors>> EmbedAsync(ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken)
    {
        var began = EmbeddingMetrics.Now;
        var outcome = Outcome.Cancelled;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await AnswerAsync(picture, views, cancellationToken).ConfigureAwait(false);
            outcome = Outcome.Of(result.Failure);
            return result;
        }
        finally
        {
            _metrics.Ended(outcome, began);
        }
    }

    /// <summary>Takes no more pictures, finishes those it has and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _admission.CloseAsync().ConfigureAwait(false);
        await _lanes.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _session.Dispose();
    }

    private async Task<Result<PictureVectors>> AnswerAsync(ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken)
    {
        if (_admission.TryEnter() is { } busy) return busy;
        try
        {
            var job = new EmbeddingJob(picture, views);
            if (_lanes.TryAdd(job) is { } wait) return wait;
            using var giveUp = cancellationToken.Register(() => job.GiveUp(cancellationToken));
            return await job.Answer.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            EmbeddingLog.Failed(_logger, e, picture.Length);
            return new Failure(FailureCode.Internal, "the picture could not be embedded by a fault of the service; its log has the details");
        }
        finally
        {
            _admission.Leave();
        }
    }
}
