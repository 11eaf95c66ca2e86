using ImageSearch.Fetching;
using ImageSearch.Grains.Embedding;
using ImageSearch.Grains.Imports;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>
/// Embeds the pictures of rows, on any silo, after the pictures that clients wait for: the kept original, or what is at the URL or path, or
/// else the kept thumbnail, which has as many pixels as a network sees. It shares the permits of imports, so it bounds the pictures in memory
/// and the fetches of the process.
/// </summary>
internal sealed class RowEmbedder(IGrainFactory grains, IRowPictures pictures, ImportThrottle throttle, ReembedOptions options, TimeProvider time)
{
    /// <summary>Embeds the picture of a row; what may succeed a moment later is tried again.</summary>
    public async Task<ReembeddedRow> EmbedAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var embedded = await TryEmbedAsync(reembed, row, cancellationToken);
            if (embedded.TryGet(out var vectors, out var failure)) return new ReembeddedRow(row.Row, vectors, null);
            // A service that is busy says nothing about the picture.
            if (!failure.IsTransient() || (failure.Code != FailureCode.Busy && attempt >= options.MaxAttempts))
                return new ReembeddedRow(row.Row, null, failure);
            await Task.Delay(options.RetryDelay, time, cancellationToken);
        }
    }

    private async Task<Result<PictureVectors>> TryEmbedAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        if (await pictures.IsKeptAsync(reembed, row, PictureKind.Original, cancellationToken)
            && await TryEmbedKeptAsync(reembed, row, PictureKind.Original, cancellationToken) is { } original)
            return original;

        // A slow host holds no permit of those that embed.
        var share = reembed.Choices.Owner ?? reembed.Id;
        Result<LoadedPicture> loaded;
        using (await throttle.AcquireFetchAsync(share, row.FilePath, cancellationToken))
            loaded = await pictures.LoadFromSourceAsync(reembed, row, cancellationToken);
        if (loaded.TryGet(out var picture, out var failure))
        {
            using var permit = await throttle.Embeddings.AcquireAsync(share, host: "", cancellationToken);
            return await EmbedAsync(picture, reembed, cancellationToken);
        }

        return failure.Code == FailureCode.Busy
            ? failure
            : await TryEmbedKeptAsync(reembed, row, PictureKind.Thumbnail, cancellationToken) ?? failure;
    }

    // Null if the file is not kept. It is loaded with the permit, which bounds the files in memory.
    private async Task<Result<PictureVectors>?> TryEmbedKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken)
    {
        using var permit = await throttle.Embeddings.AcquireAsync(reembed.Choices.Owner ?? reembed.Id, host: "", cancellationToken);
        return await pictures.LoadKeptAsync(reembed, row, kind, cancellationToken) is { } picture
            ? (Result<PictureVectors>?)await EmbedAsync(picture, reembed, cancellationToken)
            : null;
    }

    private Task<Result<PictureVectors>> EmbedAsync(LoadedPicture picture, Reembed reembed, CancellationToken cancellationToken) =>
        grains.EmbedAsync(
            picture, reembed.Choices.Views, new EmbeddingTarget(reembed.Model, EmbeddingUse.Import) { Owner = reembed.Choices.Owner }, cancellationToken);
}
