using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// The nearest nodes that a walk has met, best first, each marked once it was looked at. An item is one number: the score's bits, so that
/// numbers order as scores do, above the slot and the mark.
/// </summary>
internal sealed class NodePool
{
    private ulong[] _items = new ulong[256];
    private int _room;
    private int _next;

    public int Count { get; private set; }

    /// <summary>Nodes with no greater score have no chance.</summary>
    public float MinScore { get; private set; }

    public void Clear(int room)
    {
        if (_items.Length < room + 1)
            _items = new ulong[room + 1];
        _room = room;
        _next = 0;
        Count = 0;
        MinScore = float.NegativeInfinity;
    }

    public int SlotAt(int place) => (int)((uint)_items[place] >> 1);

    public float ScoreAt(int place) => ScoreOf((uint)(_items[place] >> 32));

    /// <summary>Takes a node in if there is room for it among the best. Each may be offered once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Offer(int slot, float score)
    {
        if (score > MinScore)
            Insert(slot, score);
    }

    /// <summary>The best node that was not looked at yet, or -1.</summary>
    public int TakeNext()
    {
        ulong[] items = _items;
        for (int place = _next; place < Count; place++)
        {
            if ((items[place] & 1) != 0)
                continue;
            items[place] |= 1;
            _next = place + 1;
            return (int)((uint)items[place] >> 1);
        }

        _next = Count;
        return -1;
    }

    /// <summary>The node that <see cref="TakeNext"/> gives if nothing better comes, or -1.</summary>
    public int PeekNext()
    {
        for (int place = _next; place < Count; place++)
        {
            if ((_items[place] & 1) == 0)
                return (int)((uint)_items[place] >> 1);
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

        // One item more than there is room for: the last one falls off.
        Array.Copy(items, low, items, low + 1, Count - low);
        items[low] = item;
        if (Count < _room)
            Count++;
        if (Count == _room)
            MinScore = ScoreOf((uint)(items[Count - 1] >> 32));
        _next = Math.Min(_next, low);
    }

    // Negative floats order the other way round as integers.
    private static uint BitsOf(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score);
        return (bits & 0x8000_0000) == 0 ? bits | 0x8000_0000 : ~bits;
    }

    private static float ScoreOf(uint bits) =>
        BitConverter.UInt32BitsToSingle((bits & 0x8000_0000) != 0 ? bits & 0x7FFF_FFFF : ~bits);
}
