namespace ImageSearch;

/// <summary>
/// Reads kept pictures from the catalog. It is a stateless worker, so the key is always <see cref="Key"/>: large answers do not pass through
/// the table's grain.
/// </summary>
[Alias("ImageSearch.IKeptPictureGrain")]
public interface IKeptPictureGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Gets a file that is kept of an item's present picture.</summary>
    /// <param name="table">The table.</param>
    /// <param name="item">The item; of several rows with one key the oldest is meant.</param>
    /// <param name="kind">Which file.</param>
    /// <param name="withBytes">False: only the tag and the media type are read.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// The file, or <see cref="FailureCode.TableNotFound"/>, <see cref="FailureCode.ItemNotFound"/> or
    /// <see cref="FailureCode.PictureNotKept"/>.
    /// </returns>
    [Alias("Find"), AnySilo, Retryable]
    Task<Result<FoundPicture>> FindAsync(
        TableName table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken);

    /// <summary>Gets what is kept of rows, with the thumbnails.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">The rows, at most <see cref="ItemListQuery.MaxCount"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The rows of which something is kept.</returns>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<RowFiles>>> ListAsync(TableName table, [Immutable] IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Gets the original of a row's version; null if it is not kept, or if the row has another version now.</summary>
    [Alias("FindOriginal"), AnySilo, Retryable]
    Task<Result<KeptPicture?>> FindOriginalAsync(TableName table, long id, int version, CancellationToken cancellationToken);
}

/// <summary>A kept picture.</summary>
/// <param name="Tag">Identifies the bytes: 32 lower-case hexadecimal digits.</param>
/// <param name="Picture">The file; without its bytes if they were not requested.</param>
[GenerateSerializer, Immutable]
public sealed record FoundPicture(string Tag, KeptPicture Picture);
