namespace ImageSearch.VectorIndex;

/// <summary>
/// Finds places for vectors: those whose vector no snapshot sees any more, then unused ones, then those of a new block. Used by one
/// writer at a time. Memory of removed rows is used again and given back when the index is disposed.
/// </summary>
internal sealed class SlotPool(int dimension, SnapshotLeases leases)
{
    private readonly Stack<int> _free = new();
    private readonly Queue<int> _dead = new();
    private int _blockCount;

    /// <summary>Longer than the number of blocks. Replaced when it is full, so that a snapshot's array stays as it is.</summary>
    public VectorBlock[] Blocks { get; private set; } = [];

    /// <summary>Slots that were ever in use.</summary>
    public int UsedCount { get; private set; }

    /// <summary>Makes sure that <paramref name="count"/> slots can be taken. Whatever can fail does so here, before anything has changed.</summary>
    public void Reserve(int count)
    {
        if (_free.Count < count)
            FreeDead();
        while (_free.Count + (_blockCount << VectorBlock.SlotBits) - UsedCount < count)
            AddBlock();
    }

    public int Take() => _free.TryPop(out int slot) ? slot : UsedCount++;

    public ref Slot SlotAt(int slot) => ref Blocks[slot >> VectorBlock.SlotBits].Slots[slot & (VectorBlock.SlotCount - 1)];

    public void Write(int slot, ReadOnlySpan<float> vector) =>
        Blocks[slot >> VectorBlock.SlotBits].Write(slot & (VectorBlock.SlotCount - 1), vector);

    /// <summary>Hides a slot from snapshots at <paramref name="moment"/> and later.</summary>
    public void Retire(int slot, long moment)
    {
        SlotAt(slot).Die(moment);
        _dead.Enqueue(slot);
    }

    private void FreeDead()
    {
        if (_dead.Count == 0)
            return;

        // Slots die in the order of the queue.
        long oldest = leases.OldestMoment();
        while (_dead.TryPeek(out int slot) && SlotAt(slot).Death <= oldest)
            _free.Push(_dead.Dequeue());
    }

    private void AddBlock()
    {
        if (_blockCount == Blocks.Length)
        {
            VectorBlock[] blocks = Blocks;
            Array.Resize(ref blocks, Math.Max(4, _blockCount * 2));
            Blocks = blocks;
        }

        _ = checked((_blockCount + 1) << VectorBlock.SlotBits);
        Blocks[_blockCount] = new VectorBlock(dimension);
        _blockCount++;
    }
}
