using ImageSearch.Embedding;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Embedding;

/// <summary>
/// Passes pictures to the embedder of the process. It is reentrant: the embedder has a bounded queue that rejects excess work, which an
/// unbounded queue of grain calls in front of it would hide. It has one activation per silo: Orleans sends a cancellation to the grain by
/// its name, and with several activations it could reach the wrong one.
/// </summary>
[StatelessWorker(maxLocalWorkers: 1), Reentrant]
public sealed class EmbeddingGrain(IPictureEmbedder embedder) : Grain, IEmbeddingGrain
{
    /// <inheritdoc/>
    public Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, EmbeddingTarget? target, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(picture, views, target ?? EmbeddingTarget.NewTable, cancellationToken);
}
