namespace ImageSearch.VectorIndex.Scan;

/// <summary>Candidates of a scan. A full list first drops candidates below the current bound, then grows.</summary>
internal sealed class CandidateList
{
    private Candidate[] _items = new Candidate[1_024];

    public int Count { get; private set; }

    public Span<Candidate> Items => _items.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(in Candidate candidate, float bound)
    {
        if (Count == _items.Length)
        {
            Prune(bound);
            if (Count > _items.Length / 2)
                Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = candidate;
    }

    public void Add(ReadOnlySpan<Candidate> candidates, float bound)
    {
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (candidate.UpperBound >= bound)
                Add(candidate, bound);
        }
    }

    /// <summary>Drops candidates that cannot reach the bound.</summary>
    public void Prune(float bound)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_items[i].UpperBound >= bound)
                _items[kept++] = _items[i];
        }

        Count = kept;
    }

    /// <summary>Sorts by upper bound, greatest first.</summary>
    public void Sort() => Items.Sort(static (a, b) =>
        a.UpperBound != b.UpperBound ? b.UpperBound.CompareTo(a.UpperBound) : a.Slot.CompareTo(b.Slot));
}
