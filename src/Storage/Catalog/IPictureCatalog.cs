namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Reads of kept pictures. The rules are those of <see cref="ICatalog"/>, which the same object implements. Pictures are written in the
/// transaction of their row, which <see cref="PictureVectors.Kept"/> brings, and deleted with it. Where there is an object store, originals
/// are objects, which are written before their row.
/// </summary>
public interface IPictureCatalog
{
    /// <summary>Finds a file that is kept of an item's present picture. One of an older version of the row is none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The item; of several rows with one key the oldest is read.</param>
    /// <param name="kind">Which file.</param>
    /// <param name="withBytes">Whether to read its bytes.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The file, null if it is not kept, or <see cref="FailureCode.ItemNotFound"/>.</returns>
    Task<Result<FoundPicture?>> FindPictureAsync(
        TableGeneration table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken);

    /// <summary>Reads what is kept of rows, with the thumbnails.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">The rows.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The rows of which something is kept. One whose picture was changed by an older program may have that of an older version.</returns>
    Task<Result<IReadOnlyList<RowFiles>>> ReadPicturesAsync(TableGeneration table, IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Reads the original that is kept of a row's version; null for none.</summary>
    Task<Result<FoundPicture?>> ReadOriginalAsync(TableGeneration table, RowVersion row, CancellationToken cancellationToken);

    /// <summary>Finds which objects rows refer to, of any table.</summary>
    /// <param name="tokens">Tokens of object names.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The tokens of them that rows refer to.</returns>
    Task<IReadOnlySet<string>> FindObjectsAsync(IReadOnlyCollection<string> tokens, CancellationToken cancellationToken);

    /// <summary>Bytes of all kept pictures of a table.</summary>
    Task<Result<long>> MeasurePicturesAsync(TableGeneration table, CancellationToken cancellationToken);
}
