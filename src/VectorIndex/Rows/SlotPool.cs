namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Finds places for vectors: those whose vector no view sees any more, then unused ones, then those of a new block. Used by one
/// writer at a time. Memory of removed rows is used again and given back when the index is disposed.
/// </summary>
internal sealed unsafe class SlotPool(BlockTable blocks, ViewLeases leases)
{
    private readonly Stack<int> _free = new();
    private readonly Queue<(int Slot, long Moment)> _dead = new();

    /// <summary>Dead slots that the last snapshot shows: their vectors in the file must stay until there is a newer one.</summary>
    private readonly List<int> _saved = [];

    /// <summary>The moment that the last snapshot on disk shows; before there is one, one before all, for then nothing needs to stay.</summary>
    private long _savedMoment = -1;

    /// <summary>Slots that were ever in use.</summary>
    public int UsedCount { get; private set; }

    /// <summary>Makes sure that <paramref name="count"/> slots can be taken. Whatever can fail does so here, before anything has changed.</summary>
    public void Reserve(int count, bool withGraph)
    {
        if (_free.Count < count)
            FreeDead();
        while (_free.Count + (blocks.Count << Block.SlotBits) - UsedCount < count)
            blocks.Add(withGraph);
    }

    public int Take() => _free.TryPop(out int slot) ? slot : UsedCount++;

    /// <summary>A slot that nothing leads to from <paramref name="moment"/> on. Moments come in order.</summary>
    public void Release(int slot, long moment) => _dead.Enqueue((slot, moment));

    /// <summary>A snapshot of a moment is on disk, in place of the one before.</summary>
    public void Saved(long moment)
    {
        _savedMoment = moment;
        foreach (int slot in _saved)
            _dead.Enqueue((slot, 0));
        _saved.Clear();
    }

    /// <summary>Slots that a snapshot uses are taken from the start.</summary>
    public void Restore(int usedCount, IEnumerable<int> free)
    {
        UsedCount = usedCount;
        foreach (int slot in free)
            _free.Push(slot);
    }

    private void FreeDead()
    {
        if (_dead.Count == 0)
            return;

        long oldest = leases.OldestMoment();
        while (_dead.TryPeek(out var dead) && dead.Moment <= oldest)
        {
            _dead.Dequeue();
            Slot* slot = blocks.SlotAt(dead.Slot);
            if (slot->IsVisibleAt(_savedMoment))
                _saved.Add(dead.Slot);
            else
                _free.Push(dead.Slot);
        }
    }
}
