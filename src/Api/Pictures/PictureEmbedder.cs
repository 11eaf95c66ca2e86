using ImageSearch.Api.Limits;
using ImageSearch.Api.Security.Access;
using ImageSearch.Fetching;

namespace ImageSearch.Api.Pictures;

/// <summary>Loads pictures and embeds them, each with the lease of its cost. The caller of the request decides what may be read, and owns the work.</summary>
internal sealed class PictureEmbedder(
    PictureLoader loader, EmbeddingClient embedding, RequestLimiter limiter, IHttpContextAccessor accessor)
{
    /// <summary>Loads a picture, then embeds it.</summary>
    public async Task<Result<PictureVectors>> LoadAndEmbedAsync(
        PictureSource source, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken) =>
        (await LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure)
            ? await EmbedAsync(picture, views, target, cancellationToken)
            : failure;

    /// <summary>Loads a picture. A call that waits for another server holds no lease of those that embed.</summary>
    public async Task<Result<LoadedPicture>> LoadAsync(PictureSource source, CancellationToken cancellationToken)
    {
        if (ServerFiles.Check(Caller.Of(accessor), source) is { } denied) return denied;
        if (source is PictureSource.Bytes) return await loader.LoadAsync(source, cancellationToken);
        if (!limiter.Acquire(CallCost.Fetch).TryGet(out var lease, out var busy)) return busy;
        using (lease) return await loader.LoadAsync(source, cancellationToken);
    }

    /// <summary>Embeds a picture and disposes of it.</summary>
    public async Task<Result<PictureVectors>> EmbedAsync(
        LoadedPicture picture, PictureViews views, EmbeddingTarget target, CancellationToken cancellationToken)
    {
        if (!limiter.Acquire(CallCost.Picture).TryGet(out var lease, out var busy))
        {
            picture.Dispose();
            return busy;
        }

        using (lease)
        {
            target = target with { Owner = Caller.Of(accessor).Owner, Share = CallerShare.Of(accessor.HttpContext!) };
            return await embedding.EmbedAsync(picture, views, target, cancellationToken);
        }
    }
}
