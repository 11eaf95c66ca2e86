using ImageSearch.Fetching;

namespace ImageSearch.Grains.Embedding;

/// <summary>Embeds pictures of background work on any silo.</summary>
internal static class EmbeddingCalls
{
    /// <summary>Embeds a picture, then disposes of it, or abandons it if the call may still hold its bytes.</summary>
    public static async Task<Result<PictureVectors>> EmbedAsync(
        this IGrainFactory grains, LoadedPicture picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        try
        {
            var embedded = await grains.GetGrain<IEmbeddingGrain>(IEmbeddingGrain.Key).EmbedAsync(picture.Content, views, target, cancellationToken);
            if (embedded.TryGet(out var vectors, out _)) embedded = vectors.WithOriginal(picture.Content);
            picture.Dispose();
            return embedded;
        }
        catch
        {
            // A grain gets an exception if a call is unanswered: the callee may still read the bytes.
            picture.Abandon();
            throw;
        }
    }
}
