namespace ImageSearch.VectorIndex.Rows;

/// <summary>
/// Allocates slots: reuses those that no view sees any more, then takes unused ones, then those of a new block. Used under the writers'
/// lock. Memory of removed rows is reused; it is freed when the index is disposed.
/// </summary>
internal sealed unsafe class SlotPool(BlockTable blocks, ViewLeases leases)
{
    private readonly Stack<int> _free = new();
    private readonly Queue<(int Slot, long Epoch)> _retired = new();

    /// <summary>Retired slots that the last snapshot contains: their vectors must stay in the file until the next snapshot.</summary>
    private readonly List<int> _inSnapshot = [];

    /// <summary>The epoch of the last snapshot; -1, before all epochs, if there is none.</summary>
    private long _savedEpoch = -1;

    /// <summary>Number of slots ever used.</summary>
    public int UsedCount { get; private set; }

    /// <summary>
    /// Ensures that <paramref name="count"/> slots can be allocated. Only this call can fail, before any slot is allocated.
    /// </summary>
    public void Reserve(int count, bool withGraph)
    {
        if (_free.Count < count)
            ReclaimRetired();
        while (_free.Count + (blocks.Count << Block.SlotBits) - UsedCount < count)
            blocks.Add(withGraph);
    }

    public int Allocate() => _free.TryPop(out int slot) ? slot : UsedCount++;

    /// <summary>Retires a slot that no view from <paramref name="epoch"/> on reads. Calls come in the order of their epochs.</summary>
    public void Release(int slot, long epoch) => _retired.Enqueue((slot, epoch));

    /// <summary>Records that the snapshot of an epoch has replaced the previous one on disk.</summary>
    public void SnapshotSaved(long epoch)
    {
        _savedEpoch = epoch;
        foreach (int slot in _inSnapshot)
            _retired.Enqueue((slot, 0));
        _inSnapshot.Clear();
    }

    /// <summary>Restores the slots of a snapshot.</summary>
    public void Restore(int usedCount, IEnumerable<int> free)
    {
        UsedCount = usedCount;
        foreach (int slot in free)
            _free.Push(slot);
    }

    private void ReclaimRetired()
    {
        if (_retired.Count == 0)
            return;

        long oldest = leases.OldestEpoch();
        while (_retired.TryPeek(out var retired) && retired.Epoch <= oldest)
        {
            _retired.Dequeue();
            Slot* slot = blocks.SlotAt(retired.Slot);
            if (slot->IsVisibleAt(_savedEpoch))
                _inSnapshot.Add(retired.Slot);
            else
                _free.Push(retired.Slot);
        }
    }
}
