using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>A bit a slot, cleared by going through those that were set: what a walk costs does not depend on the index's size.</summary>
internal sealed class VisitedSlots
{
    private ulong[] _bits = [];
    private int[] _set = new int[4_096];

    /// <summary>Slots that were added.</summary>
    public int Count { get; private set; }

    public void Reserve(int slots)
    {
        if (_bits.Length << 6 < slots)
            _bits = new ulong[(slots + (slots / 4) + 63) >> 6];
    }

    /// <summary>False where the slot was there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(int slot)
    {
        ref ulong bits = ref _bits[slot >> 6];
        ulong bit = 1UL << slot;
        if ((bits & bit) != 0)
            return false;
        bits |= bit;
        if (Count == _set.Length)
            Array.Resize(ref _set, Count * 2);
        _set[Count++] = slot;
        return true;
    }

    public void Clear()
    {
        foreach (int slot in _set.AsSpan(0, Count))
            _bits[slot >> 6] = 0;
        Count = 0;
    }
}
