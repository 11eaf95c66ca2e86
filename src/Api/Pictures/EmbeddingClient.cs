using ImageSearch.Api.Hosting;
using ImageSearch.Fetching;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// Calls the embedding grain, again when a connection to a silo ends: the call may have been on it, and would wait for its timeout.
/// Elsewhere it is cancelled and costs little.
/// </summary>
/// <param name="grains">Finds the grain.</param>
/// <param name="losses">Reports connections that end.</param>
/// <param name="isInCluster">Whether the grain may be in another process.</param>
internal sealed class EmbeddingClient(IGrainFactory grains, SiloLoss losses, bool isInCluster)
{
    /// <summary>
    /// Embeds a picture and disposes of it, except where a message to another process may still hold its bytes: those are left to the
    /// collector.
    /// </summary>
    public async Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, PictureViews views, CancellationToken cancellationToken)
    {
        var worker = grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key);
        for (var isRepeated = false; ; isRepeated = true)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(losses.Next, cancellationToken);
            try
            {
                var embedded = await worker.EmbedAsync(picture.Content, views, attempt.Token);
                if (!isRepeated && !SiloFaults.IsUnanswered(embedded.Failure)) picture.Dispose();
                return embedded;
            }
            catch (OperationCanceledException) when (attempt.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // A connection has ended.
            }
            catch when (!isInCluster)
            {
                picture.Dispose();
                throw;
            }
        }
    }
}
