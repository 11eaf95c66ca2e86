using ImageSearch.Fetching;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>The pictures that are kept in the catalog, and those at URLs and paths, with the guards of every fetch.</summary>
public sealed class RowPictures(PictureLoader loader, IPictureCatalog pictures) : IRowPictures
{
    private static readonly Failure NoSource = new(
        FailureCode.PictureNotKept,
        "neither the picture nor its URL is known; put the picture again, read paths by read_paths, or accept the loss by max_failures");

    /// <inheritdoc/>
    public async Task<bool> IsKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken) =>
        await FindAsync(reembed, row, kind, withBytes: false, cancellationToken) is not null;

    /// <inheritdoc/>
    public async Task<LoadedPicture?> LoadKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken) =>
        await FindAsync(reembed, row, kind, withBytes: true, cancellationToken) is { } found ? new LoadedPicture(found.Picture.Bytes) : null;

    /// <inheritdoc/>
    public async Task<Result<LoadedPicture>> LoadFromSourceAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        var path = row.FilePath;
        if (string.IsNullOrEmpty(path)) return NoSource;
        if (IsUrl(path)) return await loader.LoadAsync(new PictureSource.Url(path), cancellationToken);
        // A path may be a label that a shop chose, and the file system is that of all shops.
        return reembed.Choices.ReadsPaths ? await loader.LoadAsync(new PictureSource.ServerFile(path), cancellationToken) : NoSource;
    }

    // A failure of the catalog says nothing about the picture.
    private async Task<FoundPicture?> FindAsync(Reembed reembed, OpenRow row, PictureKind kind, bool withBytes, CancellationToken cancellationToken)
    {
        var found = await pictures.FindPictureAsync(reembed.Table, new ItemReference(null, row.Row.Id), kind, withBytes, cancellationToken);
        return found.Failure?.Code == FailureCode.ItemNotFound ? null : found.OrThrow();
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
