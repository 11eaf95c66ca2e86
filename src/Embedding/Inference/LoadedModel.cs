using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// A network in memory. On a processor: a session of one thread for each lane, and one of several threads for a picture that is alone in
/// the lanes; both compute the same vectors, bit for bit. On a GPU, or with EMBEDDING_BATCH: one session for batches.
/// </summary>
internal sealed class LoadedModel : IAsyncDisposable
{
    private readonly EmbeddingSession _session;
    private readonly BatchedNetwork? _batches;
    private readonly Lazy<Task<EmbeddingSession?>>? _wide;

    private LoadedModel(EmbeddingSession session, BatchedNetwork? batches, Lazy<Task<EmbeddingSession?>>? wide) =>
        (_session, _batches, _wide) = (session, batches, wide);

    /// <summary>The manifest of the network.</summary>
    internal ModelManifest Manifest => _session.Manifest;

    /// <summary>
    /// Loads the network. The session of several threads is loaded in the background when the first picture is alone: at the start it would
    /// delay the first answer.
    /// </summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="options">The device, the lanes and the size of batches.</param>
    /// <exception cref="ModelException">The model or the device can't be used; the message says why.</exception>
    internal static LoadedModel Open(ModelManifest manifest, EmbeddingOptions options) => Of(EmbeddingSession.Open(manifest, options), options);

    /// <summary>Takes over a session; replaces it if its int8 kernels compute other vectors than the model's.</summary>
    internal static LoadedModel Of(EmbeddingSession session, EmbeddingOptions options)
    {
        var isExact = IsExact(session);
        if (!isExact)
        {
            var manifest = session.Manifest;
            session.Dispose();
            session = EmbeddingSession.Open(manifest, ThreadsOf(options), int8Kernels: false, options.Device);
        }

        if (IsBatched(options)) return Batched(session, options);
        var wide = options.Lanes == 1
            ? null
            : new Lazy<Task<EmbeddingSession?>>(() => Task.Run(() => OpenWide(session.Manifest, options.Lanes, isExact)));
        return new LoadedModel(session, batches: null, wide);
    }

    /// <summary>Threads of a run: in batches, all cores work on one run.</summary>
    internal static int ThreadsOf(EmbeddingOptions options) => IsBatched(options) ? options.Lanes : 1;

    /// <summary>Creates the buffers for a lane.</summary>
    internal TensorLane NewLane() => _session.NewLane();

    /// <summary>Runs the network.</summary>
    /// <param name="lane">Has the pixels and receives the vector.</param>
    /// <param name="isAlone">Whether the other lanes have no work.</param>
    internal void Run(TensorLane lane, bool isAlone)
    {
        if (_batches is not null) _batches.Run(lane, isAlone);
        else (isAlone ? Wide ?? _session : _session).Run(lane);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_batches is not null) await _batches.DisposeAsync().ConfigureAwait(false);
        if (_wide is { IsValueCreated: true }) (await _wide.Value.ConfigureAwait(false))?.Dispose();
        _session.Dispose();
    }

    // The task has completed, so this does not block.
#pragma warning disable RS0030
    private EmbeddingSession? Wide => _wide?.Value is { IsCompletedSuccessfully: true } opened ? opened.Result : null;
#pragma warning restore RS0030

    private static bool IsExact(EmbeddingSession session)
    {
        try
        {
            return session.IsExact;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static bool IsBatched(EmbeddingOptions options) => options.BatchSize > 1 || options.Device != EmbeddingDevice.Cpu;

    // The first run of each size of batch takes seconds on a GPU, which must not be the first customer's.
    private static LoadedModel Batched(EmbeddingSession session, EmbeddingOptions options)
    {
        try
        {
            using var warmUp = session.NewBatch(options.BatchSize);
            using var lane = session.NewLane();
            for (var count = 1; count <= options.BatchSize; count++) warmUp.Run([.. Enumerable.Repeat(lane, count)]);
            return new LoadedModel(session, new BatchedNetwork(session, options.BatchSize), wide: null);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static EmbeddingSession? OpenWide(ModelManifest manifest, int threads, bool int8Kernels)
    {
        try
        {
            return EmbeddingSession.Open(manifest, threads, int8Kernels);
        }
        catch (ModelException)
        {
            // It was loaded a moment ago: the machine is out of memory, or the file is replaced. One thread is slower, with the same vectors.
            return null;
        }
    }
}
