namespace ImageSearch.Storage.Catalog;

/// <summary>
/// The change log of tables that several processes write to. Commits on a table are numbered from 1 in commit order without gaps, so a
/// reader that has read up to a number has missed nothing before it.
/// </summary>
public interface ITableChanges
{
    /// <summary>All live tables, each with the number of its last commit. One query.</summary>
    Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken);

    /// <summary>What other processes committed after a number, oldest first, without this process's own commits.</summary>
    /// <returns>
    /// The changes, or null if the commit after that number is no longer kept or the table is dropped: read the whole table instead.
    /// </returns>
    Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken);
}

/// <summary>Changes of a table's vectors.</summary>
/// <param name="Last">The number of the last commit included.</param>
/// <param name="Put">The current state of rows that were added, changed or made searchable, without rows that were removed since.</param>
/// <param name="Removed">Rows that were removed, with their last versions.</param>
/// <param name="Refused">Changed rows without a usable feature.</param>
public sealed record TableChanges(
    long Last, IReadOnlyList<RowVectors> Put, IReadOnlyList<RowVersion> Removed, IReadOnlyList<RefusedRow> Refused);
