using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>Compares an index with the catalog by id and version, in one walk over both in ascending order of id.</summary>
/// <remarks>
/// The index is listed before the catalog is read. A row is committed before it is put, so a row of the list that the catalog then lacks
/// is gone for good, and one that it has with another version is outdated, or from before a backup was restored; rows that are put
/// meanwhile are not in the list and stay.
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
    /// The index knew what is the catalog's future: a version that it has not reached, or an id that it has yet to give. So it does where
    /// an older backup of the catalog was restored, and ids and versions of the index may get other pictures.
    /// </summary>
    public bool IndexWasAhead { get; private set; }

    /// <summary>Takes the catalog's next rows.</summary>
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

    /// <summary>The catalog has no more.</summary>
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
