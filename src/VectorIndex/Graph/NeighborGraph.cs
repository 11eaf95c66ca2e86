using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A hierarchical navigable small world graph over the codes of a <see cref="RowStore"/>: searches follow links from the entry towards the
/// query. Nothing in a search waits: links are read as they are at that instant.
/// </summary>
internal sealed unsafe partial class NeighborGraph(int dimension)
{
    private readonly int _stride = RowCode.StrideOf(dimension);
    private readonly Lock _entering = new();

    // Entry slot + 1 in the low half, its height in the high one; 0 before there is a node.
    private long _entry;

    private int _nodes;

    /// <summary>The graph of a snapshot, whose nodes and links the rows have.</summary>
    /// <exception cref="SnapshotException">Its entry is none of its nodes.</exception>
    public NeighborGraph(int dimension, long entry, RowStore rows)
        : this(dimension)
    {
        _nodes = rows.CountNodes();
        if (_nodes == 0 ? entry != 0 : !rows.IsNode((int)(uint)entry - 1, (int)(entry >> 32)))
            throw new SnapshotException("its graph has no entry");
        _entry = entry;
    }

    /// <summary>Nodes, those whose rows are gone among them.</summary>
    public int Nodes => Volatile.Read(ref _nodes);

    /// <summary>Where searches begin, as one number; 0 where there is no node.</summary>
    public long Entry => Volatile.Read(ref _entry);

    /// <summary>Fills the pool with the nodes nearest to the query on the lowest level.</summary>
    /// <param name="blocks">The blocks of an open view.</param>
    /// <param name="slotCount">Slots of the view; newer ones are passed over.</param>
    /// <param name="query">The query.</param>
    /// <param name="width">Nodes to keep; the greater, the better and the slower.</param>
    /// <param name="room">Receives the nodes.</param>
    public void Walk(Block* blocks, int slotCount, in QueryCode query, int width, WalkRoom room)
    {
        room.Pool.Clear(width);
        long entry = Volatile.Read(ref _entry);
        if (entry == 0)
            return;
        int slot = (int)(uint)entry - 1;
        if (slot >= slotCount)
            return;
        for (int level = (int)(entry >> 32) - 1; level > 0; level--)
            slot = Descend(blocks, slotCount, query, slot, level);
        WalkLevel(blocks, slotCount, query, slot, 0, room);
    }

    private LinkList LinksOf(Block* blocks, int slot, int level)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        return level == 0
            ? new LinkList(block->Links + (place * GraphShape.BaseLinks), GraphShape.BaseLinks)
            : new LinkList(block->Nodes[place].LinksAt(level), GraphShape.UpperLinks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Score(Block* blocks, in QueryCode query, int slot)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        return query.Score(block->Codes + ((nint)place * _stride), block->Terms[place]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(Block* blocks, int slot)
    {
        if (!Sse.IsSupported)
            return;
        Block* block = blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        sbyte* code = block->Codes + ((nint)place * _stride);
        Sse.Prefetch0(block->Terms + place);
        for (int i = 0; i < _stride; i += 64)
            Sse.Prefetch0(code + i);
    }

    private int Descend(Block* blocks, int slotCount, in QueryCode query, int slot, int level)
    {
        float best = Score(blocks, query, slot);
        while (true)
        {
            int from = slot;
            LinkList links = LinksOf(blocks, from, level);
            for (int i = 0; i < links.Room && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor >= slotCount)
                    continue;
                float score = Score(blocks, query, neighbor);
                if (score > best)
                    (best, slot) = (score, neighbor);
            }

            if (slot == from)
                return slot;
        }
    }

    private void WalkLevel(Block* blocks, int slotCount, in QueryCode query, int entry, int level, WalkRoom room)
    {
        NodePool pool = room.Pool;
        VisitedSlots visited = room.Visited;
        visited.Reserve(slotCount);
        visited.Add(entry);
        pool.Offer(entry, Score(blocks, query, entry));
        int* waiting = stackalloc int[GraphShape.BaseLinks];
        while (pool.TakeNext() is >= 0 and int slot)
        {
            LinkList links = LinksOf(blocks, slot, level);
            int count = 0;
            for (int i = 0; i < links.Room && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor < slotCount && visited.Add(neighbor))
                    waiting[count++] = neighbor;
            }

            const int Ahead = 3;
            for (int i = 0; i < Math.Min(Ahead, count); i++)
                Prefetch(blocks, waiting[i]);
            for (int i = 0; i < count; i++)
            {
                if (i + Ahead < count)
                    Prefetch(blocks, waiting[i + Ahead]);
                pool.Offer(waiting[i], Score(blocks, query, waiting[i]));
            }

            if (Sse.IsSupported && pool.PeekNext() is >= 0 and int next)
            {
                nint address = LinksOf(blocks, next, level).Address;
                Sse.Prefetch0((void*)address);
                Sse.Prefetch0((void*)(address + 64));
            }
        }

        visited.Clear();
    }
}
