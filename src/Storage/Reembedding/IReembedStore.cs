using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>
/// Changes of tables' models, with the new vectors until they replace the old ones. A table has at most one change. Members throw
/// <see cref="CatalogException"/> if the catalog can't be reached; what a member has stored is durable when its task ends.
/// </summary>
public interface IReembedStore
{
    /// <summary>
    /// Begins a change. One that runs is returned; one to the same model and views that failed or was cancelled goes on with what it has, and
    /// its failed rows are tried again.
    /// </summary>
    /// <returns>The change, or <see cref="FailureCode.ReembedRunning"/> if one to another model runs.</returns>
    Task<Result<Reembed>> BeginAsync(TableGeneration table, ModelIdentity model, ReembedChoices choices, CancellationToken cancellationToken);

    /// <summary>The last change of a table, or null.</summary>
    Task<Reembed?> FindAsync(long generation, CancellationToken cancellationToken);

    /// <summary>How many rows have new vectors, and how many could not be embedded. Reads an index of the rows: some 100 ms for a million.</summary>
    Task<(long Embedded, long Failed)> CountAsync(Reembed reembed, CancellationToken cancellationToken);

    /// <summary>How many rows could not be embedded. Reads those only.</summary>
    Task<long> CountFailuresAsync(Reembed reembed, CancellationToken cancellationToken);

    /// <summary>The changes that run.</summary>
    Task<IReadOnlyList<Reembed>> ListRunningAsync(CancellationToken cancellationToken);

    /// <summary>Rows that have no new vectors of their present picture, in order of id.</summary>
    Task<IReadOnlyList<OpenRow>> ReadOpenRowsAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken);

    /// <summary>Records what came of some rows; a later record of a row replaces an earlier one.</summary>
    /// <param name="reembed">The change.</param>
    /// <param name="rows">At most <see cref="ReembedStore.MaxRowsPerAdd"/> rows.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    Task AddRowsAsync(Reembed reembed, IReadOnlyList<ReembeddedRow> rows, CancellationToken cancellationToken);

    /// <summary>New vectors, in order of id.</summary>
    Task<IReadOnlyList<RowVectors>> ReadVectorsAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken);

    /// <summary>Rows that could not be embedded, in order of id.</summary>
    Task<IReadOnlyList<ReembedFailure>> ListFailuresAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the table's model and all of its vectors in one transaction, if every row has a record. A row that could not be embedded has
    /// no vector afterwards.
    /// </summary>
    /// <param name="reembed">The change.</param>
    /// <param name="cancellationToken">Cancels the call before the catalog starts it.</param>
    /// <returns>
    /// False if a row has no record yet, more rows failed than may, or the table has other vectors than those that the change replaces.
    /// </returns>
    Task<bool> SwitchAsync(Reembed reembed, CancellationToken cancellationToken);

    /// <summary>Ends a change that runs.</summary>
    /// <returns>False if it does not run.</returns>
    Task<bool> EndAsync(Reembed reembed, ReembedState state, string? fault, CancellationToken cancellationToken);

    /// <summary>
    /// Removes some of the vectors that no change needs, changes of dropped tables, and after a week those that failed or were cancelled.
    /// </summary>
    /// <returns>Whether there may be more.</returns>
    Task<bool> SweepAsync(CancellationToken cancellationToken);
}
