namespace ImageSearch;

/// <summary>
/// Changes the model of one table: in the background all of its pictures are embedded again, and then its vectors are replaced in one step.
/// It is the same grain as <see cref="ITableGrain"/>, with the same key and the same rules.
/// </summary>
[Alias("ImageSearch.ITableReembedGrain")]
public interface ITableReembedGrain : IGrainWithStringKey
{
    /// <summary>Maximum number of failures of a page.</summary>
    const int MaxFailuresPerPage = 1_000;

    /// <summary>
    /// Begins a change of model. One to the same model that runs is returned; one that failed or was cancelled goes on with what it has.
    /// </summary>
    /// <returns>
    /// The change, or <see cref="FailureCode.ReembedRunning"/>, or <see cref="FailureCode.ModelMismatch"/> if the service does not have the
    /// model or the table's vectors are of it already.
    /// </returns>
    [Alias("Begin"), Retryable]
    Task<Result<ReembedStatus>> BeginReembedAsync(ReembedRequest request, CancellationToken cancellationToken);

    /// <summary>Runs the table's change, if there is one that should run and does not.</summary>
    [Alias("Resume"), Retryable]
    Task<Result<Done>> ResumeReembedAsync(CancellationToken cancellationToken);

    /// <summary>The last change of the table.</summary>
    /// <returns>The change, or <see cref="FailureCode.ReembedNotFound"/>.</returns>
    [Alias("Get"), Retryable]
    Task<Result<ReembedStatus>> GetReembedAsync(CancellationToken cancellationToken);

    /// <summary>Rows that could not be embedded.</summary>
    /// <param name="after">Rows with a greater id.</param>
    /// <param name="count">Maximum number of rows, 1..<see cref="MaxFailuresPerPage"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    [Alias("ListFailures"), Retryable]
    Task<Result<ReembedFailures>> ListReembedFailuresAsync(long after, int count, CancellationToken cancellationToken);

    /// <summary>Cancels the change that runs. What it has embedded is kept for the next one to the same model.</summary>
    /// <returns>Nothing, or <see cref="FailureCode.ReembedNotFound"/> if none runs.</returns>
    [Alias("Cancel")]
    Task<Result<Done>> CancelReembedAsync(CancellationToken cancellationToken);
}
