using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Migration;

/// <summary>Tables that the first Python system made in a database, before and at their adoption by this service.</summary>
public interface IPythonTables
{
    /// <summary>The table, adopted or not; null where the database has none of that name.</summary>
    /// <exception cref="CatalogException">It is no table of pictures, or the database can't be reached.</exception>
    Task<PythonTable?> FindAsync(TableName name, CancellationToken cancellationToken);

    /// <summary>Rows in ascending order of id; reads the documented columns only and changes nothing.</summary>
    /// <param name="name">The table.</param>
    /// <param name="after">Rows with a greater id are read.</param>
    /// <param name="count">At most so many; fewer only where there are no more.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<IReadOnlyList<PythonRow>> ReadRowsAsync(TableName name, long after, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the table over in place: adds the columns that are missing and enters it into the registry; nothing else changes. One that is
    /// adopted already is given back as it is.
    /// </summary>
    Task<Result<AdoptedTable>> AdoptAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken);
}

/// <summary>A table that was adopted, and the catalog that has it, which is closed with the tables.</summary>
/// <param name="Table">The table.</param>
/// <param name="Catalog">Its catalog.</param>
public sealed record AdoptedTable(TableRecord Table, ICatalog Catalog);

/// <summary>A table of the first Python system.</summary>
/// <param name="Rows">Its rows.</param>
/// <param name="MissingColumns">Columns that an adoption adds.</param>
/// <param name="AdoptedWith">The model that it was adopted with, or null.</param>
public sealed record PythonTable(long Rows, IReadOnlyList<string> MissingColumns, ModelIdentity? AdoptedWith);

/// <summary>A row as the first Python system stored it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Tags">The shop's label.</param>
/// <param name="Brief">The shop's summary.</param>
/// <param name="Feature">base64 of a pickled array; null where it has none.</param>
public sealed record PythonRow(long Id, string? Tags, string? Brief, string? Feature);
