using ImageSearch.Fetching;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Grains.Reembedding;

/// <summary>Finds the pictures of rows.</summary>
public interface IRowPictures
{
    /// <summary>Loads the picture of a row, which the caller disposes of.</summary>
    /// <returns>
    /// The picture; null if the row has another picture by now; or why there is none, <see cref="FailureCode.Busy"/> if it may be there
    /// later.
    /// </returns>
    Task<Result<LoadedPicture?>> LoadAsync(Reembed reembed, OpenRow row, CancellationToken cancellationToken);
}
