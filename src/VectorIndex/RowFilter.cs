namespace ImageSearch.VectorIndex;

/// <summary>
/// The rows that a search may give: a set of ids. One that is made once serves any number of searches and threads, of one index or several.
/// </summary>
public sealed class RowFilter
{
    // A bit an id costs less than a hash set's 16 bytes and more up to this many ids of range for each id in it.
    private const long RangePerIdOfBits = 128;

    private readonly HashSet<long>? _ids;
    private readonly ulong[]? _bits;
    private readonly long _first;
    private readonly long _last;

    /// <summary>A filter that allows these rows.</summary>
    /// <param name="ids">Ids, in any order; those that an index does not have do no harm.</param>
    public RowFilter(IReadOnlyCollection<long> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count == 0)
        {
            _first = 1;
            Ids = [];
            return;
        }

        _first = ids.Min();
        _last = ids.Max();
        if (unchecked((ulong)(_last - _first)) / RangePerIdOfBits >= (ulong)ids.Count)
        {
            _ids = [.. ids];
            Ids = [.. _ids];
            return;
        }

        _bits = new ulong[((_last - _first) >> 6) + 1];
        var distinct = new List<long>(ids.Count);
        foreach (long id in ids)
        {
            ref ulong bits = ref _bits[(id - _first) >> 6];
            ulong bit = 1UL << (int)(id - _first);
            if ((bits & bit) == 0)
                distinct.Add(id);
            bits |= bit;
        }

        Ids = [.. distinct];
    }

    /// <summary>Rows that are allowed.</summary>
    public int Count => Ids.Length;

    /// <summary>Each allowed id once.</summary>
    internal long[] Ids { get; }

    /// <summary>Whether a row is allowed.</summary>
    public bool Allows(long id)
    {
        if (id < _first || id > _last)
            return false;
        return _bits is null ? _ids!.Contains(id) : (_bits[(id - _first) >> 6] & (1UL << (int)(id - _first))) != 0;
    }
}
