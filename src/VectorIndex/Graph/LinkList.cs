using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A node's neighbours on one level, stored as slot + 1; 0 ends a list that is not full. Searches read it while it is written: each write
/// of an element is atomic, and any mixture of old and new elements refers to existing nodes.
/// </summary>
internal readonly unsafe struct LinkList(uint* links, int capacity)
{
    public readonly int Capacity = capacity;

    /// <summary>The neighbour at an index, or -1 past the last one.</summary>
    public int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)Volatile.Read(ref links[index]) - 1;
    }

    public void Prefetch() => CacheLines.Prefetch((byte*)links, Capacity * sizeof(uint));

    /// <summary>Number of neighbours.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            while (count < Capacity && links[count] != 0)
                count++;
            return count;
        }
    }

    /// <summary>Adds a neighbour after the last one.</summary>
    public void Append(int index, int slot) => Volatile.Write(ref links[index], (uint)slot + 1);

    public void Replace(ReadOnlySpan<int> slots)
    {
        for (int i = 0; i < slots.Length; i++)
            Volatile.Write(ref links[i], (uint)slots[i] + 1);
        for (int i = slots.Length; i < Capacity; i++)
            Volatile.Write(ref links[i], 0);
    }
}
