using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Inference;

/// <summary>
/// A network in memory: a session of one thread for each lane, and one of several threads for a picture that is alone in the lanes. Both
/// compute the same vectors, bit for bit.
/// </summary>
internal sealed class LoadedModel : IAsyncDisposable
{
    private readonly EmbeddingSession _session;
    private readonly Task<EmbeddingSession?> _wide;

    private LoadedModel(EmbeddingSession session, Task<EmbeddingSession?> wide) => (_session, _wide) = (session, wide);

    /// <summary>The manifest of the network.</summary>
    internal ModelManifest Manifest => _session.Manifest;

    /// <summary>Loads the network. The session of several threads is loaded on another thread, after this has returned.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <exception cref="ModelException">The model can't be used; the message says why.</exception>
    internal static LoadedModel Open(ModelManifest manifest, int lanes)
    {
        ModelHash.Check(manifest);
        return Of(EmbeddingSession.Open(manifest), lanes);
    }

    /// <summary>Takes over a session of one thread; replaces it if its int8 kernels compute other vectors than the model's.</summary>
    internal static LoadedModel Of(EmbeddingSession session, int lanes)
    {
        var isExact = GoldenCheck.Passes(session);
        if (!isExact)
        {
            var manifest = session.Manifest;
            session.Dispose();
            session = EmbeddingSession.Open(manifest, int8Kernels: false);
        }

        var wide = lanes == 1 ? Task.FromResult<EmbeddingSession?>(null) : Task.Run(() => OpenWide(session.Manifest, lanes, isExact));
        return new LoadedModel(session, wide);
    }

    /// <summary>Creates the buffers for a lane.</summary>
    internal TensorLane NewLane() => _session.NewLane();

    /// <summary>Runs the network.</summary>
    /// <param name="lane">Has the pixels and receives the vector.</param>
    /// <param name="isAlone">Whether the other lanes have no work.</param>
    internal void Run(TensorLane lane, bool isAlone) => (isAlone ? Wide ?? _session : _session).Run(lane);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        (await _wide.ConfigureAwait(false))?.Dispose();
        _session.Dispose();
    }

    // The task has completed, so this does not block.
#pragma warning disable RS0030
    private EmbeddingSession? Wide => _wide.IsCompletedSuccessfully ? _wide.Result : null;
#pragma warning restore RS0030

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
