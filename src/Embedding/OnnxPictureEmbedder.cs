using System.Diagnostics;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Embedding;

/// <summary>Embeds pictures with a network in ONNX Runtime; decodes them with libvips.</summary>
public sealed class OnnxPictureEmbedder : IPictureEmbedder
{
    private readonly LoadedModels _models;
    private readonly EmbeddingQueue _queue;
    private readonly EmbeddingMetrics _metrics = new();
    private readonly EmbeddingLanes _lanes;
    private readonly ILogger _logger;
    private int _disposed;

    private OnnxPictureEmbedder(LoadedModels models, EmbeddingOptions options, ILogger logger)
    {
        _models = models;
        _logger = logger;
        _queue = new EmbeddingQueue(options.Lanes + options.QueueLength);
        _lanes = new EmbeddingLanes(new PictureHeaderReader(options), options, _metrics);
        _metrics.ShowWaiting(() => Math.Max(0, _queue.Count - _lanes.Working));
    }

    /// <inheritdoc/>
    public ModelIdentity Model => _models.NewTables.Manifest.Identity;

    internal EmbeddingMetrics Metrics => _metrics;

    /// <summary>Loads the model and starts the lanes. Takes about 100 ms.</summary>
    /// <param name="options">The folders of the models and the limits.</param>
    /// <param name="logger">Receives the loaded model and unexpected exceptions.</param>
    /// <exception cref="ModelException">The model folder is wrong; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; the message names it.</exception>
    public static OnnxPictureEmbedder Open(EmbeddingOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        EmbeddingOptionsValidator.Check(options);
        var started = Stopwatch.GetTimestamp();
        VipsLibrary.EnsureStarted();
        var model = LoadedModel.Of(PrecisionChoice.Open(options), options);
        var models = new LoadedModels(model, new ModelFolders(options.ModelFolders), options, logger);
        var embedder = new OnnxPictureEmbedder(models, options, logger);
        var (identity, elapsed) = (model.Manifest.Identity, Stopwatch.GetElapsedTime(started));
        logger.ModelLoaded(identity, options.Lanes, elapsed.TotalMilliseconds);
        return embedder;
    }

    /// <inheritdoc/>
    public async Task<Failure?> CheckModelAsync(ModelIdentity model) => (await _models.FindAsync(model).ConfigureAwait(false)).Failure;

    /// <inheritdoc/>
    public async Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        var started = EmbeddingMetrics.Now;
        var outcome = Outcome.Cancelled;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await EmbedQueuedAsync(picture, views, target, cancellationToken).ConfigureAwait(false);
            outcome = Outcome.Of(result.Failure);
            return result;
        }
        finally
        {
            _metrics.Ended(outcome, started);
        }
    }

    /// <summary>Accepts no more pictures, completes those in progress and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _queue.CloseAsync().ConfigureAwait(false);
        await _lanes.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        await _models.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<Result<PictureVectors>> EmbedQueuedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        if (_queue.TryEnter(target.LaneOwner) is { } busy) return busy;
        try
        {
            if (target.Region?.Check() is { } invalid) return invalid;
            if (!(await _models.FindAsync(target.Model).ConfigureAwait(false)).TryGet(out var model, out var unknown)) return unknown;
            var job = new EmbeddingJob(picture, model.Manifest.Resolve(views), model, target);
            if (_lanes.TryAdd(job) is { } tooLong) return tooLong;
            using var registration = cancellationToken.Register(() => job.Abandon(cancellationToken));
            return await job.Completion.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _logger.EmbeddingFailed(e, picture.Length);
            return new Failure(FailureCode.Internal, "the picture could not be embedded by a fault of the service; its log has the details");
        }
        finally
        {
            _queue.Exit(target.LaneOwner);
        }
    }
}
