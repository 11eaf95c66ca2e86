namespace ImageSearch.VectorIndex.Graph;

/// <summary>A bit a slot.</summary>
internal sealed class SlotSet(int slots)
{
    private readonly ulong[] _bits = new ulong[(slots + 63) >> 6];

    public void Add(int slot) => _bits[slot >> 6] |= 1UL << slot;

    public bool Has(int slot) => (_bits[slot >> 6] & (1UL << slot)) != 0;
}
