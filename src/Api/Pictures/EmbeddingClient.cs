using ImageSearch.Api.Hosting;
using ImageSearch.Fetching;

namespace ImageSearch.Api.Pictures;

/// <summary>
/// Calls the embedding grain and retries when a connection to a silo closes: a request that was sent on it would wait for its timeout. A
/// request on another connection is cancelled, which costs little.
/// </summary>
/// <param name="grains">Finds the grain.</param>
/// <param name="losses">Reports connections that end.</param>
/// <param name="isInCluster">Whether the grain may be in another process.</param>
internal sealed class EmbeddingClient(IGrainFactory grains, SiloLoss losses, bool isInCluster)
{
    /// <summary>Embeds a picture, then disposes of it, or abandons it if a message to another process may still hold its bytes.</summary>
    public async Task<Result<PictureVectors>> EmbedAsync(
        LoadedPicture picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        var worker = grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key);
        while (true)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(losses.Next, cancellationToken);
            try
            {
                var embedded = await worker.EmbedAsync(picture.Content, views, target, attempt.Token);
                if (embedded.TryGet(out var vectors, out _)) embedded = vectors.WithOriginal(picture.Content);
                if (SiloFaults.IsUnanswered(embedded.Failure)) picture.Abandon();
                else picture.Dispose();
                return embedded;
            }
            catch (OperationCanceledException) when (attempt.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The message of this attempt may hold the bytes even after another attempt has succeeded.
                picture.Abandon();
            }
            catch
            {
                if (isInCluster) picture.Abandon();
                else picture.Dispose();
                throw;
            }
        }
    }
}
