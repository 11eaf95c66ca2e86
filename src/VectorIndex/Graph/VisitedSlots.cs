using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A bit set of slots that clears only the bits that were set: the cost of a search does not depend on the size of the index.
/// </summary>
internal sealed class VisitedSlots
{
    private ulong[] _bits = [];
    private int[] _set = new int[4_096];

    /// <summary>Number of slots in the set.</summary>
    public int Count { get; private set; }

    public void Reserve(int slots)
    {
        if (_bits.Length << 6 < slots)
            _bits = new ulong[(slots + (slots / 4) + 63) >> 6];
    }

    /// <summary>False if the slot was already in the set.</summary>
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
