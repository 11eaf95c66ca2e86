namespace ImageSearch.VectorIndex.Graph;

/// <summary>A bit set of slots.</summary>
internal sealed class SlotSet(int slots)
{
    private readonly ulong[] _bits = new ulong[(slots + 63) >> 6];

    public void Add(int slot) => _bits[slot >> 6] |= 1UL << slot;

    public bool Contains(int slot) => (_bits[slot >> 6] & (1UL << slot)) != 0;
}
