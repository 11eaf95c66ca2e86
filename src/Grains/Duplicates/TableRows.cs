using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Duplicates;

/// <summary>The rows of a table at the beginning of a search, ascending by id: 12 bytes a row. A row is named by its number in this order.</summary>
internal sealed class TableRows
{
    private readonly long[] _ids;
    private readonly int[] _versions;

    private TableRows(long[] ids, int[] versions) => (_ids, _versions) = (ids, versions);

    public int Count => _ids.Length;

    public RowVersion this[int number] => new(_ids[number], _versions[number]);

    /// <summary>Reads the ids and versions of all rows.</summary>
    public static async Task<TableRows> ReadAsync(ICatalog catalog, TableGeneration table, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var versions = new List<int>();
        await foreach (var batch in catalog.ReadVersionsAsync(table, RowSelection.All, cancellationToken))
        {
            foreach (var row in batch)
            {
                ids.Add(row.Id);
                versions.Add(row.Version);
            }
        }

        return new TableRows([.. ids], [.. versions]);
    }

    /// <summary>The number of a row; -1 if it was added or changed since the search began.</summary>
    public int Find(RowVersion row)
    {
        var number = Array.BinarySearch(_ids, row.Id);
        return number >= 0 && _versions[number] == row.Version ? number : -1;
    }
}
