namespace ImageSearch;

/// <summary>
/// One import: a list of pictures that go into a table. The grain's key is the import's id, 32 lower-case hexadecimal digits. The list and
/// how far it is are in the catalog, so an import outlives the process that runs it. Every call may be made again.
/// </summary>
[Alias("ImageSearch.IImportGrain")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Begins the import.</summary>
    /// <returns>Its status, or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("Begin"), Retryable]
    Task<Result<ImportStatus>> BeginAsync(TableName table, PictureViews views, CancellationToken cancellationToken);

    /// <summary>Takes a piece of the list; durable when it is answered.</summary>
    /// <returns>Nothing, or <see cref="FailureCode.ImportNotFound"/> where the import takes no more.</returns>
    [Alias("Append"), Retryable]
    Task<Result<Done>> AppendAsync(ImportItems items, CancellationToken cancellationToken);

    /// <summary>The list is complete: brings its pictures in. An import that runs goes on, one that has ended stays so.</summary>
    /// <returns>Its status, at once.</returns>
    [Alias("Start"), Retryable]
    Task<Result<ImportStatus>> StartAsync(CancellationToken cancellationToken);

    /// <summary>How far it is.</summary>
    [Alias("Describe")]
    Task<Result<ImportStatus>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>The pictures that could not be taken, in the order of the list.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("ListFailures"), Retryable]
    Task<Result<IReadOnlyList<ImportFailure>>> ListFailuresAsync(int count, CancellationToken cancellationToken);

    /// <summary>Ends it; what was brought in stays.</summary>
    [Alias("Cancel"), Retryable]
    Task<Result<ImportStatus>> CancelAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A piece of an import's list, brought in on whatever silo it is placed: keys spread, so the workers of all silos embed. The grain's key
/// is the import's id, a slash and the piece's number.
/// </summary>
[Alias("ImageSearch.IImportPieceGrain")]
public interface IImportPieceGrain : IGrainWithStringKey
{
    /// <summary>Brings in some of the piece's pictures, for about half a minute at most, and notes in the catalog how far it is.</summary>
    /// <returns>
    /// Nothing, also where pictures could not be taken, for those are noted; or why the import can't go on at all, or not now.
    /// </returns>
    [Alias("Advance"), ResponseTimeout("00:05:00")]
    Task<Result<Done>> AdvanceAsync(ImportWork work, CancellationToken cancellationToken);
}

/// <summary>The imports that there are. A stateless worker, so the key is always <see cref="Key"/>.</summary>
[Alias("ImageSearch.IImportListGrain")]
public interface IImportListGrain : IGrainWithStringKey
{
    /// <summary>The one key of this grain.</summary>
    const string Key = "default";

    /// <summary>Imports, newest first.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<ImportStatus>>> ListAsync(int count, CancellationToken cancellationToken);
}
