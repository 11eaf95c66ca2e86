using ImageSearch.Fetching;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>Loads pictures from the URL or path of their row, with the guards of every fetch.</summary>
public sealed class RowPictures(PictureLoader loader) : IRowPictures
{
    private static readonly Failure NoSource =
        new(FailureCode.PathDenied, "the row has neither a URL nor a path of its picture; put the picture again, or accept the loss by max_failures");

    /// <inheritdoc/>
    public async Task<Result<LoadedPicture?>> LoadAsync(TableGeneration table, OpenRow row, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(row.FilePath)) return NoSource;
        PictureSource source = IsUrl(row.FilePath) ? new PictureSource.Url(row.FilePath) : new PictureSource.ServerFile(row.FilePath);
        return (await loader.LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure) ? picture : failure;
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
