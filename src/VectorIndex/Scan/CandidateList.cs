namespace ImageSearch.VectorIndex.Scan;

/// <summary>Candidates of a scan; those that the bound has ruled out meanwhile are thrown out when the room is full.</summary>
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
            KeepFrom(bound);
            if (Count > _items.Length / 2)
                Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Count++] = candidate;
    }

    public void Add(ReadOnlySpan<Candidate> candidates, float bound)
    {
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (candidate.Greatest >= bound)
                Add(candidate, bound);
        }
    }

    /// <summary>Throws out what can't reach the bound.</summary>
    public void KeepFrom(float bound)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_items[i].Greatest >= bound)
                _items[kept++] = _items[i];
        }

        Count = kept;
    }

    /// <summary>Best chances first.</summary>
    public void Sort() => Items.Sort(static (a, b) =>
        a.Greatest != b.Greatest ? b.Greatest.CompareTo(a.Greatest) : a.Slot.CompareTo(b.Slot));
}
