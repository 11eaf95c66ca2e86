using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Graph;

/// <summary>
/// A hierarchical navigable small world (HNSW) graph over the codes of a <see cref="RowStore"/>. A search follows links from the entry
/// point towards the query, guided by sketches, and scores the nodes that it found by their codes. It takes no locks: it reads links while
/// they are written (see <see cref="LinkList"/>).
/// </summary>
internal sealed unsafe partial class NeighborGraph
{
    private readonly int _dimension;
    private readonly int _stride;
    private readonly int _sketchStride;
    private readonly SketchSpace? _space;
    private readonly Lock _entryPointLock = new();

    // The slot + 1 in the low half, its height in the high half; 0 while the graph is empty.
    private long _entryPoint;

    private int _nodes;

    /// <summary>Creates an empty graph.</summary>
    /// <param name="blocks">The blocks of an open view, of whose rows some determine the centre of the sketches.</param>
    /// <param name="slotCount">Number of slots of the view.</param>
    /// <param name="dimension">Number of values in a vector.</param>
    public NeighborGraph(Block* blocks, int slotCount, int dimension)
    {
        _dimension = dimension;
        _stride = RowCode.StrideOf(dimension);
        _sketchStride = SketchStrideOf(dimension);
        _space = CreateSpace(blocks, slotCount, dimension);
    }

    /// <summary>Restores the graph of a snapshot, whose nodes and links are already in the row store.</summary>
    /// <exception cref="SnapshotException">The entry point is not one of the nodes.</exception>
    public NeighborGraph(Block* blocks, int slotCount, int dimension, long entryPoint, RowStore rows)
        : this(blocks, slotCount, dimension)
    {
        _nodes = rows.CountNodes();
        if (_nodes == 0 ? entryPoint != 0 : !rows.IsNode((int)(uint)entryPoint - 1, (int)(entryPoint >> 32)))
            throw new SnapshotException("its graph has no valid entry point");
        _entryPoint = entryPoint;
        WriteSketches(blocks, slotCount);
    }

    /// <summary>Number of nodes, including tombstones.</summary>
    public int Nodes => Volatile.Read(ref _nodes);

    /// <summary>The packed entry point; 0 while the graph is empty.</summary>
    public long EntryPoint => Volatile.Read(ref _entryPoint);

    /// <summary>Fills the beam with the nodes nearest to the query on level 0.</summary>
    /// <param name="blocks">The blocks of an open view.</param>
    /// <param name="slotCount">Number of slots of the view; newer slots are skipped.</param>
    /// <param name="code">The query, quantized.</param>
    /// <param name="vector">The query.</param>
    /// <param name="width">Beam width (ef): greater is slower with better recall.</param>
    /// <param name="scratch">Receives the nodes in its beam.</param>
    public void Search(
        Block* blocks, int slotCount, in QueryCode code, ReadOnlySpan<float> vector, int width, GraphScratch scratch)
    {
        scratch.Beam.Clear(width);
        long entryPoint = Volatile.Read(ref _entryPoint);
        if (entryPoint == 0)
            return;
        int slot = (int)(uint)entryPoint - 1;
        if (slot >= slotCount)
            return;
        var query = new GraphQuery(code, Sketch(vector, scratch));
        for (int level = (int)(entryPoint >> 32) - 1; level > 0; level--)
            slot = Descend(blocks, slotCount, query, slot, level);
        SearchLevel(blocks, slotCount, query, slot, 0, scratch);
    }

    /// <summary>The first two neighbours of a node on level 0; null where there is none.</summary>
    public (int? First, int? Second) FirstNeighbors(Block* blocks, int slot)
    {
        LinkList links = LinksOf(blocks, slot, 0);
        return (links[0] is >= 0 and int first ? first : null, links[1] is >= 0 and int second ? second : null);
    }

    private LinkList LinksOf(Block* blocks, int slot, int level)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        return level == 0
            ? new LinkList(block->Links + (index * GraphShape.BaseLinks), GraphShape.BaseLinks)
            : new LinkList(block->Nodes[index].LinksAt(level), GraphShape.UpperLinks);
    }

    /// <summary>The node of a level that no neighbour is nearer to the query than.</summary>
    private int Descend(Block* blocks, int slotCount, in GraphQuery query, int slot, int level) => _space is null
        ? Descend(blocks, slotCount, new CodeScorer(blocks, query.Code, _stride), slot, level)
        : Descend(blocks, slotCount, new SketchScorer(blocks, query.Sketch, _sketchStride), slot, level);

    private int Descend<T>(Block* blocks, int slotCount, T scorer, int slot, int level)
        where T : struct, INodeScorer
    {
        float best = scorer.Score(slot);
        while (true)
        {
            int from = slot;
            LinkList links = LinksOf(blocks, from, level);
            for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor < slotCount)
                    scorer.Prefetch(neighbor);
            }

            for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor >= slotCount)
                    continue;
                float score = scorer.Score(neighbor);
                if (score > best)
                    (best, slot) = (score, neighbor);
            }

            if (slot == from)
                return slot;
        }
    }

    /// <summary>Fills the beam with the nodes of a level that are nearest to the query, and their scores by code.</summary>
    private void SearchLevel(
        Block* blocks, int slotCount, in GraphQuery query, int from, int level, GraphScratch scratch)
    {
        VisitedSlots visited = scratch.Visited;
        visited.Reserve(slotCount);
        var codes = new CodeScorer(blocks, query.Code, _stride);
        if (_space is null)
        {
            FollowLinks(blocks, slotCount, codes, from, level, scratch);
        }
        else
        {
            FollowLinks(blocks, slotCount, new SketchScorer(blocks, query.Sketch, _sketchStride), from, level, scratch);
            Rescore(codes, scratch);
        }

        visited.Clear();
    }

    private void FollowLinks<T>(Block* blocks, int slotCount, T scorer, int from, int level, GraphScratch scratch)
        where T : struct, INodeScorer
    {
        Beam beam = scratch.Beam;
        VisitedSlots visited = scratch.Visited;
        visited.Add(from);
        beam.Offer(from, scorer.Score(from));
        int* nodes = stackalloc int[GraphShape.BaseLinks];
        while (beam.TakeNext() is >= 0 and int slot)
        {
            // Its links arrive while the neighbours of this node are scored.
            if (beam.PeekNext() is >= 0 and int next)
                LinksOf(blocks, next, level).Prefetch();
            LinkList links = LinksOf(blocks, slot, level);
            int count = 0;
            for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
            {
                if (neighbor >= slotCount || !visited.Add(neighbor))
                    continue;
                scorer.Prefetch(neighbor);
                nodes[count++] = neighbor;
            }

            for (int i = 0; i < count; i++)
                beam.Offer(nodes[i], scorer.Score(nodes[i]));
        }
    }

    /// <summary>Replaces the scores of the beam.</summary>
    private static void Rescore(CodeScorer scorer, GraphScratch scratch)
    {
        const int PrefetchDistance = 3;
        Beam beam = scratch.Beam;
        Span<int> slots = scratch.Slots(beam.Count);
        for (int i = 0; i < slots.Length; i++)
            slots[i] = beam.SlotAt(i);
        beam.Clear(beam.Width);
        for (int i = 0; i < slots.Length; i++)
        {
            if (i + PrefetchDistance < slots.Length)
                scorer.Prefetch(slots[i + PrefetchDistance]);
            beam.Offer(slots[i], scorer.Score(slots[i]));
        }
    }
}
