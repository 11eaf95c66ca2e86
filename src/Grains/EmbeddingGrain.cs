using ImageSearch.Embedding;
using Orleans.Concurrency;

namespace ImageSearch.Grains;

/// <summary>
/// Hands pictures to the process's embedder. Reentrant, because the embedder has a bounded queue of its own that refuses what is too
/// much; a queue of calls in front of it would only hide that.
/// </summary>
[StatelessWorker, Reentrant]
public sealed class EmbeddingGrain(IPictureEmbedder embedder) : Grain, IEmbeddingGrain
{
    /// <inheritdoc/>
    public Task<Result<PictureVectors>> EmbedAsync(
        ReadOnlyMemory<byte> picture, PictureViews views, CancellationToken cancellationToken) =>
        embedder.EmbedAsync(picture, views, cancellationToken);
}
