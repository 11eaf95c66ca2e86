namespace ImageSearch;

/// <summary>
/// Searches one table for groups of items whose pictures are the same or almost. It is the same grain as <see cref="ITableGrain"/>, with the
/// same key. Searches and their groups are in the memory of the grain: a restart, a move to another silo and a new generation of the table
/// forget them.
/// </summary>
[Alias("ImageSearch.ITableDuplicatesGrain")]
public interface ITableDuplicatesGrain : IGrainWithStringKey
{
    /// <summary>Reads a page of groups. Without a position a small table is searched first, and a large one must have been.</summary>
    /// <returns>
    /// The groups, or the search if it still runs; <see cref="FailureCode.DuplicatesNotFound"/> if there is no search to read from.
    /// </returns>
    [Alias("Find"), Retryable]
    Task<Result<DuplicateAnswer>> FindAsync(DuplicateQuery query, CancellationToken cancellationToken);

    /// <summary>Starts a search, or returns the one that runs with this score.</summary>
    /// <returns>The search, or <see cref="FailureCode.Busy"/> if one with another score runs.</returns>
    [Alias("Start"), Retryable]
    Task<Result<DuplicateSearchStatus>> StartAsync(float minScore, CancellationToken cancellationToken);

    /// <summary>Gets the search that was started last.</summary>
    /// <returns>The search, or <see cref="FailureCode.DuplicatesNotFound"/>.</returns>
    [Alias("DescribeSearch"), Retryable]
    Task<Result<DuplicateSearchStatus>> DescribeSearchAsync(CancellationToken cancellationToken);

    /// <summary>Cancels the search that was started last; no effect if it has ended.</summary>
    /// <returns>The search, or <see cref="FailureCode.DuplicatesNotFound"/>.</returns>
    [Alias("CancelSearch"), Retryable]
    Task<Result<DuplicateSearchStatus>> CancelSearchAsync(CancellationToken cancellationToken);
}
