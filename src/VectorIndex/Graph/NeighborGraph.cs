using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A hierarchical navigable small world (HNSW) graph over the codes of a <see cref="RowStore"/>. A search follows links from the entry
/// point towards the query. It takes no locks: it reads links while they are written (see <see cref="LinkList"/>).
/// </summary>
internal sealed unsafe partial class NeighborGraph(int dimension, SketchSpace space)
{
    private readonly int _stride = RowCode.StrideOf(dimension);
    private readonly int _sketchStride = SketchSpace.StrideOf(dimension);
    private readonly Lock _entryPointLock = new();

    // The slot + 1 in the low half, its height in the high half; 0 while the graph is empty.
    private long _entryPoint;

    private int _nodes;

    /// <summary>Restores the graph of a snapshot, whose nodes and links are already in the row store.</summary>
    /// <exception cref="SnapshotException">The entry point is not one of the nodes.</exception>
    public NeighborGraph(int dimension, SketchSpace space, long entryPoint, RowStore rows)
        : this(dimension, space)
    {
        _nodes = rows.CountNodes();
        if (_nodes == 0 ? entryPoint != 0 : !rows.IsNode((int)(uint)entryPoint - 1, (int)(entryPoint >> 32)))
            throw new SnapshotException("its graph has no valid entry point");
        _entryPoint = entryPoint;
    }

    /// <summary>Number of nodes, including tombstones.</summary>
    public int Nodes => Volatile.Read(ref _nodes);

    /// <summary>The packed entry point; 0 while the graph is empty.</summary>
    public long EntryPoint => Volatile.Read(ref _entryPoint);

    /// <summary>Fills the beam with the nodes nearest to the query on level 0.</summary>
    /// <param name="blocks">The blocks of an open view.</param>
    /// <param name="slotCount">Number of slots of the view; newer slots are skipped.</param>
    /// <param name="query">The query, quantized.</param>
    /// <param name="vector">The query, to be sketched.</param>
    /// <param name="width">Beam width (ef): greater is slower with better recall.</param>
    /// <param name="scratch">Receives the nodes in its beam.</param>
    public void Search(Block* blocks, int slotCount, in QueryCode query, ReadOnlySpan<float> vector, int width, GraphScratch scratch)
    {
        scratch.Beam.Clear(width);
        long entryPoint = Volatile.Read(ref _entryPoint);
        if (entryPoint == 0)
            return;
        int slot = (int)(uint)entryPoint - 1;
        if (slot >= slotCount)
            return;
        for (int level = (int)(entryPoint >> 32) - 1; level > 0; level--)
            slot = Descend(blocks, slotCount, query, slot, level);
        Span<float> rotated = scratch.Rotated(_stride);
        float offset = space.Rotate(vector, rotated);
        var sketched = new GraphQuery(query, SketchQuery.Encode(rotated, offset, scratch.Planes));
        SearchLevel(blocks, slotCount, sketched, slot, 0, scratch);
    }

    private LinkList LinksOf(Block* blocks, int slot, int level)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        return level == 0
            ? new LinkList(block->Links + (index * GraphShape.BaseLinks), GraphShape.BaseLinks)
            : new LinkList(block->Nodes[index].LinksAt(level), GraphShape.UpperLinks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Score(Block* blocks, in QueryCode query, int slot)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        return query.Score(block->Codes + ((nint)index * _stride), block->Terms[index]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(Block* blocks, int slot)
    {
        if (!Sse.IsSupported)
            return;
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        sbyte* code = block->Codes + ((nint)index * _stride);
        Sse.Prefetch0(block->Terms + index);
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
            for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
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

    private byte* SketchAt(Block* blocks, int slot) =>
        blocks[slot >> Block.SlotBits].Sketches + ((nint)(slot & Block.SlotMask) * _sketchStride);

    private void PrefetchSketch(Block* blocks, int slot)
    {
        if (!Sse.IsSupported)
            return;
        byte* sketch = SketchAt(blocks, slot);
        for (int i = 0; i < _sketchStride; i += 64)
            Sse.Prefetch0(sketch + i);
    }

    private void SearchLevel(Block* blocks, int slotCount, in GraphQuery query, int entryPoint, int level, GraphScratch scratch)
    {
        Beam beam = scratch.Beam;
        VisitedSlots visited = scratch.Visited;
        visited.Reserve(slotCount);
        visited.Add(entryPoint);
        beam.Offer(entryPoint, Score(blocks, query.Code, entryPoint));
        int* nodes = stackalloc int[GraphShape.BaseLinks];
        while (beam.TakeNext() is >= 0 and int slot)
        {
            LinkList links = LinksOf(blocks, slot, level);
            int count = 0;
            for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor >= slotCount || !visited.Add(neighbor))
                    continue;
                PrefetchSketch(blocks, neighbor);
                nodes[count++] = neighbor;
            }

            int promising = 0;
            float min = beam.MinScore;
            Visits += count;
            for (int i = 0; i < count; i++)
            {
                if (query.Sketch.UpperBound(SketchAt(blocks, nodes[i])) <= min)
                    continue;
                Prefetch(blocks, nodes[i]);
                nodes[promising++] = nodes[i];
            }

            Scores += promising;
            for (int i = 0; i < promising; i++)
                beam.Offer(nodes[i], Score(blocks, query.Code, nodes[i]));

            if (Sse.IsSupported && beam.PeekNext() is >= 0 and int next)
            {
                nint address = LinksOf(blocks, next, level).Address;
                Sse.Prefetch0((void*)address);
                Sse.Prefetch0((void*)(address + 64));
            }
        }

        visited.Clear();
    }

    public static long Visits, Scores;
}
