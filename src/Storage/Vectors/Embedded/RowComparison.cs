using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Compares an index with the catalog by id and version, merging both in ascending order of id.</summary>
/// <remarks>
/// The index is listed before the catalog is read. A row is committed before it is put, so a listed row that the catalog lacks was
/// deleted, and one with another version is outdated, or from before a backup was restored. Rows put concurrently are not in the list and
/// are kept.
/// </remarks>
internal sealed class RowComparison
{
    private readonly NeighborIndex _index;
    private readonly (long Id, int Version)[] _listed;
    private readonly List<long> _missing = [];
    private int _next;
    private long _removed;
    private long _inCatalog;
    private long _lastInCatalog = long.MinValue;

    public RowComparison(NeighborIndex index)
    {
        _index = index;
        _listed = [.. index.ListRows()];
        Array.Sort(_listed, static (a, b) => a.Id.CompareTo(b.Id));
    }

    /// <summary>
    /// Whether the index had a version or an id that the catalog has yet to assign. That happens after an older backup of the catalog was
    /// restored, and such ids and versions will be assigned to other pictures.
    /// </summary>
    public bool IndexWasAhead { get; private set; }

    /// <summary>Compares the catalog's next rows.</summary>
    public void Take(IReadOnlyList<RowVersion> rows)
    {
        _inCatalog += rows.Count;
        foreach (RowVersion row in rows)
        {
            while (_next < _listed.Length && _listed[_next].Id < row.Id)
                Remove(_listed[_next++]);
            if (_next == _listed.Length || _listed[_next].Id > row.Id)
            {
                _missing.Add(row.Id);
                continue;
            }

            (long Id, int Version) held = _listed[_next++];
            if (held.Version == row.Version)
                continue;
            IndexWasAhead |= held.Version > row.Version;
            Remove(held);
            _missing.Add(row.Id);
        }

        if (rows.Count > 0)
            _lastInCatalog = rows[^1].Id;
    }

    /// <summary>Completes the comparison after the catalog's last row.</summary>
    public Reconciliation End()
    {
        while (_next < _listed.Length)
        {
            IndexWasAhead |= _listed[_next].Id > _lastInCatalog;
            Remove(_listed[_next++]);
        }

        return new Reconciliation(_missing, _removed, _inCatalog);
    }

    private void Remove((long Id, int Version) row)
    {
        _index.Remove(row.Id, row.Version);
        _removed++;
    }
}
