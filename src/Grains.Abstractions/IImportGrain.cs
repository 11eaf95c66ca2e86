namespace ImageSearch;

/// <summary>
/// One import: a list of pictures to add to a table. The grain's key is the import's id, 32 lower-case hexadecimal digits. The list and its
/// progress are in the catalog, so an import survives the process that runs it. All calls are idempotent.
/// </summary>
[Alias("ImageSearch.IImportGrain")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Begins the import.</summary>
    /// <returns>Its status, or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("Begin"), Retryable]
    Task<Result<ImportStatus>> BeginAsync(TableName table, PictureViews views, CancellationToken cancellationToken);

    /// <summary>Appends a piece to the list. The piece is durable when the call returns.</summary>
    /// <returns>Nothing, or <see cref="FailureCode.ImportNotFound"/> if the import accepts no more pieces.</returns>
    [Alias("Append"), Retryable]
    Task<Result<Done>> AppendAsync(ImportItems items, CancellationToken cancellationToken);

    /// <summary>Completes the list and starts the import. A running import continues, and an ended one stays ended.</summary>
    /// <returns>Its status; the call does not wait for the import.</returns>
    [Alias("Start"), Retryable]
    Task<Result<ImportStatus>> StartAsync(CancellationToken cancellationToken);

    /// <summary>Gets its status.</summary>
    [Alias("Describe")]
    Task<Result<ImportStatus>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Lists the pictures that could not be imported, in the order of the list.</summary>
    /// <param name="count">Maximum number of results.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("ListFailures"), Retryable]
    Task<Result<IReadOnlyList<ImportFailure>>> ListFailuresAsync(int count, CancellationToken cancellationToken);

    /// <summary>Begins the import with a client's choices.</summary>
    /// <returns>Its status, or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("BeginWith"), Retryable]
    Task<Result<ImportStatus>> BeginWithAsync(TableName table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken);

    /// <summary>Removes the import with its list, unless the list is complete.</summary>
    [Alias("Discard"), Retryable]
    Task<Result<Done>> DiscardAsync(CancellationToken cancellationToken);

    /// <summary>Lists all pictures that could not be imported, page by page.</summary>
    /// <param name="after"><see cref="ImportFailurePage.Next"/> of the page before; -1 for the first.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("ListFailurePage"), Retryable]
    Task<Result<ImportFailurePage>> ListFailurePageAsync(int after, CancellationToken cancellationToken);

    /// <summary>Cancels the import. Imported pictures stay in the table.</summary>
    [Alias("Cancel"), Retryable]
    Task<Result<ImportStatus>> CancelAsync(CancellationToken cancellationToken);

    /// <summary>Cancels the import, unless its list is complete. Imported pictures stay in the table.</summary>
    [Alias("CancelIncomplete"), Retryable]
    Task<Result<ImportStatus>> CancelIncompleteAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Begins the import, unless it has begun. It is not repeated: a caller that gets no answer does not know whether the import is its own.
    /// </summary>
    /// <returns>Its status; <see cref="FailureCode.Busy"/> if another call began it; or <see cref="FailureCode.TableNotFound"/>.</returns>
    [Alias("BeginNew")]
    Task<Result<ImportStatus>> BeginNewAsync(TableName table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken);

    /// <summary>Tells that a process still receives the list, although no piece of it is complete.</summary>
    [Alias("KeepReceiving"), Retryable]
    Task<Result<Done>> KeepReceivingAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Cancels the import, with a fault, if its list is incomplete and no process has sent of it for a while: the one that received it has
    /// died. It stays cancelled, so a process that is only late can't add to it.
    /// </summary>
    /// <returns>Its status.</returns>
    [Alias("CancelAbandoned"), Retryable]
    Task<Result<ImportStatus>> CancelAbandonedAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A piece of an import's list. Pieces are spread over the silos by their keys, so all silos embed. The grain's key is the import's id, a
/// slash and the piece's number.
/// </summary>
[Alias("ImageSearch.IImportPieceGrain")]
public interface IImportPieceGrain : IGrainWithStringKey
{
    /// <summary>Imports some of the piece's pictures for one time slice and records the progress in the catalog.</summary>
    /// <returns>
    /// Nothing, also if pictures failed, since those are recorded; or why the import can't continue at all, or not now.
    /// </returns>
    [Alias("Advance"), ResponseTimeout("00:05:00")]
    Task<Result<Done>> AdvanceAsync(ImportWork work, CancellationToken cancellationToken);
}

/// <summary>The list of imports. It is a stateless worker, so the key is always <see cref="Key"/>.</summary>
[Alias("ImageSearch.IImportListGrain")]
public interface IImportListGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Lists imports, newest first.</summary>
    /// <param name="count">Maximum number of results.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("List"), AnySilo, Retryable]
    Task<Result<IReadOnlyList<ImportStatus>>> ListAsync(int count, CancellationToken cancellationToken);

    /// <summary>Lists imports by page, newest first.</summary>
    [Alias("ListPage"), AnySilo, Retryable]
    Task<Result<ImportListPage>> ListPageAsync(ImportListQuery query, CancellationToken cancellationToken);
}
