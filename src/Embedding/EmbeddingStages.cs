using System.Collections.Concurrent;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding;

/// <summary>
/// Runs embedding, or one of its stages, on the calling thread, without queue and lane threads. For measurements of what the machine can
/// do; a service uses <see cref="OnnxPictureEmbedder"/>. Up to <see cref="EmbeddingOptions.Lanes"/> threads may call it at the same time.
/// </summary>
public sealed class EmbeddingStages : IAsyncDisposable
{
    private readonly LoadedModel _model;
    private readonly PictureHeaderReader _headers;
    private readonly PictureDecoder _decoder;
    private readonly ConcurrentBag<TensorLane> _tensors;
    private readonly ConcurrentBag<PictureLane> _lanes;
    private readonly EmbeddingMetrics _metrics = new();
    private readonly bool _isAlone;

    private EmbeddingStages(EmbeddingOptions options, bool isAlone)
    {
        _model = LoadedModel.Of(PrecisionChoice.Open(options), options);
        _isAlone = isAlone;
        _headers = new PictureHeaderReader(options);
        _decoder = new PictureDecoder(_model.Manifest.Input);
        var memory = new DecodeMemory((long)options.DecodeMemoryMegabytes << 20);
        _tensors = [.. Enumerable.Range(0, options.Lanes).Select(_ => _model.NewLane())];
        _lanes = [.. Enumerable.Range(0, options.Lanes).Select(_ => new PictureLane(_headers, memory, options.PictureTime, _metrics, () => isAlone))];
    }

    /// <summary>Loads the model.</summary>
    /// <param name="options">The model folder and the limits.</param>
    /// <param name="isAlone">Whether one thread calls it, so that the network may use the cores of all lanes.</param>
    /// <exception cref="ModelException">The model folder is wrong; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; the message names it.</exception>
    public static EmbeddingStages Open(EmbeddingOptions options, bool isAlone = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        EmbeddingOptionsValidator.Check(options);
        VipsLibrary.EnsureStarted();
        return new EmbeddingStages(options, isAlone);
    }

    /// <summary>Runs the network on the picture that was decoded last.</summary>
    public void Infer()
    {
        var tensors = Take(_tensors);
        _model.Run(tensors, _isAlone);
        _tensors.Add(tensors);
    }

    /// <summary>Decodes and scales a picture.</summary>
    /// <param name="picture">The file's bytes.</param>
    /// <returns>The failure, or null if the picture is decoded.</returns>
    public Failure? Decode(ReadOnlyMemory<byte> picture)
    {
        if (!_headers.TypeOf(picture.Span).TryGet(out var type, out var failure)) return failure;
        if (!_headers.Read(type, picture.Span).TryGet(out var header, out failure)) return failure;
        var tensors = Take(_tensors);
        failure = _decoder.Decode(picture.Span, header, box: null, tensors.Pixels);
        _tensors.Add(tensors);
        return failure;
    }

    /// <summary>Embeds a picture.</summary>
    /// <param name="picture">The file's bytes.</param>
    /// <param name="views">The views to embed.</param>
    /// <param name="keeps">What is kept of it.</param>
    /// <returns>Vectors of unit length, or the failure.</returns>
    public Result<PictureVectors> Embed(ReadOnlyMemory<byte> picture, PictureViews views, KeepPictures keeps = KeepPictures.None)
    {
        var lane = Take(_lanes);
        using var job = new EmbeddingJob(picture, _model.Manifest.Resolve(views), _model, EmbeddingTarget.NewTable with { Keeps = keeps });
        using var pin = picture.Pin();
        var result = lane.Inspect(job).TryGet(out var header, out var failure) ? lane.Embed(job, header) : failure;
        lane.Reset();
        _lanes.Add(lane);
        return result;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var tensors in _tensors) tensors.Dispose();
        foreach (var lane in _lanes) lane.Dispose();
        await _model.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private static T Take<T>(ConcurrentBag<T> pool) =>
        pool.TryTake(out var item) ? item : throw new InvalidOperationException("more threads than EmbeddingOptions.Lanes call at the same time");
}
