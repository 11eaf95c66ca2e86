namespace ImageSearch.VectorIndex;

/// <summary>
/// The set of row ids that a search may return. Immutable: one filter can be used by many searches, threads and indexes.
/// </summary>
public sealed class RowFilter
{
    // A bit per id of the range takes less memory than a hash set, 16 bytes and more per id, up to this ratio of range to ids.
    private const long MaxRangePerId = 128;

    private readonly HashSet<long>? _ids;
    private readonly ulong[]? _bits;
    private readonly long _first;
    private readonly long _last;

    /// <summary>Creates a filter that allows these rows.</summary>
    /// <param name="ids">Row ids in any order; ids that the index does not contain have no effect.</param>
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
        if (unchecked((ulong)(_last - _first)) / MaxRangePerId >= (ulong)ids.Count)
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

    /// <summary>Number of allowed rows.</summary>
    public int Count => Ids.Length;

    /// <summary>The distinct allowed ids.</summary>
    internal long[] Ids { get; }

    /// <summary>Whether a row is allowed.</summary>
    public bool Allows(long id)
    {
        if (id < _first || id > _last)
            return false;
        return _bits is null ? _ids!.Contains(id) : (_bits[(id - _first) >> 6] & (1UL << (int)(id - _first))) != 0;
    }
}
