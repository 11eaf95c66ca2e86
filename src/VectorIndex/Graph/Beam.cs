using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// The best nodes of a graph search so far, best first, each with a flag for expanded nodes. An item is one integer: the bits of the score,
/// arranged so that integers order as scores do, then the slot, then the flag.
/// </summary>
internal sealed class Beam
{
    private ulong[] _items = new ulong[256];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Maximum number of nodes.</summary>
    public int Width { get; private set; }

    /// <summary>Nodes whose score is not greater are not accepted.</summary>
    public float MinScore { get; private set; }

    public void Clear(int width)
    {
        if (_items.Length < width + 1)
            _items = new ulong[width + 1];
        Width = width;
        _next = 0;
        Count = 0;
        MinScore = float.NegativeInfinity;
    }

    public int SlotAt(int index) => (int)((uint)_items[index] >> 1);

    public float ScoreAt(int index) => ScoreOf((uint)(_items[index] >> 32));

    /// <summary>Adds a node if it is among the best. Each node must be offered only once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(int slot, float score)
    {
        if (score > MinScore)
            Insert(slot, score);
    }

    /// <summary>Marks the best node that is not expanded yet and returns it, or -1.</summary>
    public int TakeNext()
    {
        ulong[] items = _items;
        for (int index = _next; index < Count; index++)
        {
            if ((items[index] & 1) != 0)
                continue;
            items[index] |= 1;
            _next = index + 1;
            return (int)((uint)items[index] >> 1);
        }

        _next = Count;
        return -1;
    }

    /// <summary>The node that <see cref="TakeNext"/> returns unless a better one is added, or -1.</summary>
    public int PeekNext()
    {
        for (int index = _next; index < Count; index++)
        {
            if ((_items[index] & 1) == 0)
                return (int)((uint)_items[index] >> 1);
        }

        return -1;
    }

    private void Insert(int slot, float score)
    {
        ulong item = ((ulong)BitsOf(score) << 32) | ((uint)slot << 1);
        ulong[] items = _items;
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (items[middle] >= item)
                low = middle + 1;
            else
                high = middle;
        }

        // The array has one item more than the width: the last one drops out.
        Array.Copy(items, low, items, low + 1, Count - low);
        items[low] = item;
        if (Count < Width)
            Count++;
        if (Count == Width)
            MinScore = ScoreOf((uint)(items[Count - 1] >> 32));
        _next = Math.Min(_next, low);
    }

    // The bits of negative floats order in reverse.
    private static uint BitsOf(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score);
        return (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }

    private static float ScoreOf(uint bits) =>
        BitConverter.UInt32BitsToSingle((bits & 0x8000_0000) != 0 ? bits & 0x7FFF_FFFF : ~bits);
}
