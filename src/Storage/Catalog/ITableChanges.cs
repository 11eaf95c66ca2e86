namespace ImageSearch.Storage.Catalog;

/// <summary>
/// What changed in tables that several processes write to. The commits on a table are numbered from 1 in the order in which they were
/// made, without a gap, so whoever has read up to a number has missed nothing before it.
/// </summary>
public interface ITableChanges
{
    /// <summary>All live tables, each with the number of its last commit. One query.</summary>
    Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken);

    /// <summary>What other processes committed after a number, oldest first; this process's own commits are passed over.</summary>
    /// <returns>
    /// The changes, or null where the commit after that number is no longer kept, or the table is dropped: read the whole table then.
    /// </returns>
    Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken);
}

/// <summary>Changes of a table's vectors.</summary>
/// <param name="Last">The number of the last commit that is part of them.</param>
/// <param name="Put">Rows as they are now that were added, changed or made searchable; a row that was removed since does not come.</param>
/// <param name="Removed">Rows that were removed, with their last versions.</param>
/// <param name="Refused">Changed rows without a usable feature.</param>
public sealed record TableChanges(
    long Last, IReadOnlyList<RowVectors> Put, IReadOnlyList<RowVersion> Removed, IReadOnlyList<RefusedRow> Refused);
