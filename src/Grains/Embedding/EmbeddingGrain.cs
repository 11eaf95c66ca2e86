using ImageSearch.Embedding;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Embedding;

/// <summary>
/// Hands pictures to the process's embedder. Reentrant, because the embedder has a bounded queue of its own that refuses what is too
/// much; a queue of calls in front of it would only hide that. One activation a silo: a caller's cancellation is sent to the grain by its name,
/// and among several it would reach any of them.
/// </summary>
[StatelessWorker(maxLocalWorkers: 1), Reentrant]
public sealed class EmbeddingGrain(IPictureEmbedder embedder) : Grain, IEmbeddingGrain
{
    /// <inheritdoc/>
    public Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(picture, views, cancellationToken);
}
