using ImageSearch.Fetching;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>Finds the pictures of rows. What is loaded the caller disposes of.</summary>
public interface IRowPictures
{
    /// <summary>Whether a file is kept of a row's present picture. A row that is gone has none.</summary>
    Task<bool> IsKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken);

    /// <summary>Loads a file that is kept; null if it no longer is.</summary>
    Task<LoadedPicture?> LoadKeptAsync(Reembed reembed, OpenRow row, PictureKind kind, CancellationToken cancellationToken);

    /// <summary>Loads what is at a row's URL or path.</summary>
    /// <returns>The picture, or why there is none; <see cref="FailureCode.Busy"/> if it may be there later.</returns>
    Task<Result<LoadedPicture>> LoadFromSourceAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken);
}
