using System.Runtime.CompilerServices;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A node's neighbours on one level, as slot + 1, ended by 0 or by the end of the room. Searches read it while it is written: each element
/// is written at once, and any mixture of old and new elements leads to nodes that exist.
/// </summary>
internal readonly unsafe struct LinkList(uint* links, int room)
{
    public readonly int Room = room;

    /// <summary>The neighbour at a place, or -1 behind the last one.</summary>
    public int this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)Volatile.Read(ref links[place]) - 1;
    }

    public nint Address => (nint)links;

    /// <summary>Neighbours there are.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            while (count < Room && links[count] != 0)
                count++;
            return count;
        }
    }

    /// <summary>Adds a neighbour behind the last one.</summary>
    public void Append(int place, int slot) => Volatile.Write(ref links[place], (uint)slot + 1);

    public void Replace(ReadOnlySpan<int> slots)
    {
        for (int i = 0; i < slots.Length; i++)
            Volatile.Write(ref links[i], (uint)slots[i] + 1);
        for (int i = slots.Length; i < Room; i++)
            Volatile.Write(ref links[i], 0);
    }
}
