using ImageSearch.Fetching;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>
/// Loads the picture of a row: the kept original, or what is at its URL or path, with the guards of every fetch, or else the kept
/// thumbnail, which has more pixels than a network sees.
/// </summary>
public sealed class RowPictures(PictureLoader loader, IPictureCatalog pictures) : IRowPictures
{
    private static readonly Failure NoSource = new(
        FailureCode.PictureNotKept,
        "neither the picture nor its URL or path is known; put the picture again, or accept the loss by max_failures");

    /// <inheritdoc/>
    public async Task<Result<LoadedPicture?>> LoadAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken)
    {
        var table = reembed.Table;
        if (!(await FindAsync(table, row, PictureKind.Original, cancellationToken)).TryGet(out var original, out var failure)) return failure;
        if (original.IsKept) return original.Picture;
        var loaded = await LoadAsync(row.FilePath, reembed.Choices.Owner, cancellationToken);
        if (loaded.Failure is not { } missing || missing.Code == FailureCode.Busy) return loaded;
        if (!(await FindAsync(table, row, PictureKind.Thumbnail, cancellationToken)).TryGet(out var thumbnail, out failure)) return failure;
        return thumbnail.IsKept ? thumbnail.Picture : missing;
    }

    private async Task<Result<LoadedPicture?>> LoadAsync(string? path, string? owner, CancellationToken cancellationToken)
    {
        // A path may be a label that a shop chose, and the file system is that of all shops.
        if (string.IsNullOrEmpty(path) || (owner is not null && !IsUrl(path))) return NoSource;
        PictureSource source = IsUrl(path) ? new PictureSource.Url(path) : new PictureSource.ServerFile(path);
        return (await loader.LoadAsync(source, cancellationToken)).TryGet(out var picture, out var failure) ? picture : failure;
    }

    // A row that is gone has no picture, and needs none.
    private async Task<Result<Kept>> FindAsync(TableGeneration table, OpenRow row, PictureKind kind, CancellationToken cancellationToken)
    {
        var found = await pictures.FindPictureAsync(table, new ItemReference(null, row.Row.Id), kind, withBytes: true, cancellationToken);
        if (found.Failure is { } failure) return failure.Code == FailureCode.ItemNotFound ? new Kept(true, null) : failure;
        return found.Value is { } picture ? new Kept(true, new LoadedPicture(picture.Picture.Bytes)) : new Kept(false, null);
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private readonly record struct Kept(bool IsKept, LoadedPicture? Picture);
}
