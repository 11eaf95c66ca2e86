using ImageSearch.Embedding;

namespace ImageSearch.Cli.Migration;

/// <summary>Vectors of the present model from rows' pictures. A dry run needs no embedder.</summary>
/// <param name="pictures">Where the pictures are.</param>
/// <param name="embedder">The network; null where nothing is to be embedded.</param>
/// <param name="atATime">Pictures that are worked on at a time.</param>
internal sealed class PictureEmbedding(IRowPictures pictures, IPictureEmbedder? embedder, int atATime)
{
    public int AtATime => atATime;

    /// <summary>Says for a dry run whether a row has a picture.</summary>
    public async Task<Failure?> LookAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await pictures.FindAsync(row, cancellationToken)).Failure;

    public async Task<Result<PictureVectors>> EmbedAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await pictures.FindAsync(row, cancellationToken)).TryGet(out var picture, out var failure)
            ? await embedder!.EmbedAsync(picture, PictureViews.Whole, cancellationToken)
            : failure;
}
