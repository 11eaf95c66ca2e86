using ImageSearch.Embedding;

namespace ImageSearch.Cli.Migration;

/// <summary>Embeds the pictures of rows with the current model.</summary>
/// <param name="pictures">The source of the pictures.</param>
/// <param name="embedder">The embedder; null in a dry run.</param>
/// <param name="maxConcurrent">The maximum number of pictures that are processed concurrently.</param>
internal sealed class PictureEmbedding(IRowPictures pictures, IPictureEmbedder? embedder, int maxConcurrent)
{
    public int MaxConcurrent => maxConcurrent;

    /// <summary>Checks for a dry run that a row has a picture.</summary>
    public async Task<Failure?> CheckAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await pictures.FindAsync(row, cancellationToken)).Failure;

    public async Task<Result<PictureVectors>> EmbedAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await pictures.FindAsync(row, cancellationToken)).TryGet(out var picture, out var failure)
            ? await embedder!.EmbedAsync(picture, PictureViews.Whole, EmbeddingTarget.NewTable, cancellationToken)
            : failure;
}
