using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Migration;

/// <summary>Tables of the first Python system, before and during their adoption by this service.</summary>
public interface IPythonTables
{
    /// <summary>The table, adopted or not; null if the database has none with this name.</summary>
    /// <exception cref="CatalogException">It is not a table of pictures, or the database can't be reached.</exception>
    Task<PythonTable?> FindAsync(TableName name, CancellationToken cancellationToken);

    /// <summary>Rows in ascending order of id; reads the documented columns only and changes nothing.</summary>
    /// <param name="name">The table.</param>
    /// <param name="after">Reads rows with a greater id.</param>
    /// <param name="count">Maximum number of rows; fewer are returned only at the end of the table.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<PythonRow>> ReadRowsAsync(TableName name, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Adopts the table in place: adds missing columns and registers it; nothing else changes. A table that is adopted already is returned
    /// unchanged.
    /// </summary>
    Task<Result<AdoptedTable>> AdoptAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken);
}

/// <summary>An adopted table and its catalog, which is disposed with the tables.</summary>
/// <param name="Table">The table.</param>
/// <param name="Catalog">Its catalog.</param>
public sealed record AdoptedTable(TableRecord Table, ICatalog Catalog);

/// <summary>A table of the first Python system.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="MissingColumns">Columns that adoption adds.</param>
/// <param name="AdoptedWith">The model it was adopted with, or null.</param>
public sealed record PythonTable(long Rows, IReadOnlyList<string> MissingColumns, ModelIdentity? AdoptedWith);

/// <summary>A row as the first Python system stored it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Tags">The shop's label.</param>
/// <param name="Brief">The shop's summary.</param>
/// <param name="Feature">Base64 of a pickled array; null if it has none.</param>
public sealed record PythonRow(long Id, string? Tags, string? Brief, string? Feature);
