using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>
/// Leading links around nodes whose rows are gone, as FreshDiskANN does (Singh et al., arXiv 2105.09613): whoever had a link to such a node
/// chooses anew among its other neighbours and the node's own. Searches and this go on side by side.
/// </content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>After this no node that is left links to one of the buried.</summary>
    /// <param name="blocks">The blocks of an open view.</param>
    /// <param name="slotCount">Slots that links may lead to.</param>
    /// <param name="buried">Nodes to leave out; they belong to the graph until now.</param>
    /// <param name="threads">Threads to use.</param>
    public void Mend(Block* blocks, int slotCount, int[] buried, int threads)
    {
        var gone = new SlotSet(slotCount);
        foreach (int slot in buried)
            gone.Add(slot);
        MoveEntry(blocks, slotCount, gone);
        if (Volatile.Read(ref _entry) != 0)
            MendLinks(blocks, slotCount, gone, threads);
        Interlocked.Add(ref _nodes, -buried.Length);
    }

    private void MoveEntry(Block* blocks, int slotCount, SlotSet gone)
    {
        lock (_entering)
        {
            if (_entry == 0 || !gone.Has((int)(uint)_entry - 1))
                return;
            int entry = -1;
            int height = 0;
            for (int slot = 0; slot < slotCount; slot++)
            {
                if (NodeAt(blocks, slot)->Height > height && !gone.Has(slot))
                    (entry, height) = (slot, NodeAt(blocks, slot)->Height);
            }

            Volatile.Write(ref _entry, entry < 0 ? 0 : EntryOf(entry, height));
        }
    }

    private void MendLinks(Block* blocks, int slotCount, SlotSet gone, int threads)
    {
        const int Piece = 256;
        int next = -Piece;
        Parallel.For(0, threads, _ =>
        {
            using var room = new InsertRoom(dimension);
            while (Interlocked.Add(ref next, Piece) is int first && first < slotCount)
            {
                for (int slot = first; slot < Math.Min(first + Piece, slotCount); slot++)
                {
                    int height = NodeAt(blocks, slot)->Height;
                    for (int level = 0; level < height && !gone.Has(slot); level++)
                        MendNode(blocks, slotCount, slot, level, gone, room);
                }
            }
        });
    }

    private void MendNode(Block* blocks, int slotCount, int slot, int level, SlotSet gone, InsertRoom room)
    {
        LinkList links = LinksOf(blocks, slot, level);
        int count = links.Count;
        int lost = 0;
        for (int i = 0; i < count; i++)
            lost += gone.Has(links[i]) ? 1 : 0;
        if (lost == 0)
            return;

        GraphNode* node = NodeAt(blocks, slot);
        Span<int> chosen = room.ChosenAt(level)[..links.Room];
        int kept;
        node->Enter();
        try
        {
            kept = Choose(blocks, slot, Around(blocks, slotCount, slot, level, gone, room), chosen);
            links.Replace(chosen[..kept]);
        }
        finally
        {
            node->Exit();
        }

        // The nodes that are gone may have been the only way to this one.
        foreach (int neighbor in chosen[..kept])
            LinkBack(blocks, neighbor, slot, level, room);
    }

    /// <summary>A node's neighbours that are left, and those of the ones that are gone; where all are gone, what a walk finds.</summary>
    private ReadOnlySpan<(int Slot, float Score)> Around(
        Block* blocks, int slotCount, int slot, int level, SlotSet gone, InsertRoom room)
    {
        VisitedSlots seen = room.Visited;
        seen.Reserve(slotCount);
        seen.Add(slot);
        int count = 0;
        LinkList links = LinksOf(blocks, slot, level);
        for (int i = 0; i < links.Room && links[i] is >= 0 and int neighbor; i++)
        {
            if (!gone.Has(neighbor))
            {
                Consider(neighbor);
                continue;
            }

            LinkList further = LinksOf(blocks, neighbor, level);
            for (int j = 0; j < further.Room && further[j] is >= 0 and int behind; j++)
            {
                if (!gone.Has(behind))
                    Consider(behind);
            }
        }

        seen.Clear();
        if (count == 0)
            count = WalkFor(blocks, slotCount, slot, level, gone, room);
        Span<(int Slot, float Score)> candidates = room.Candidates.AsSpan(0, count);
        candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        return candidates;

        void Consider(int neighbor)
        {
            if (seen.Add(neighbor))
                room.Candidates[count++] = (neighbor, Similarity(blocks, slot, neighbor));
        }
    }

    private int WalkFor(Block* blocks, int slotCount, int slot, int level, SlotSet gone, InsertRoom room)
    {
        long entry = Volatile.Read(ref _entry);
        int from = (int)(uint)entry - 1;
        if (level >= (int)(entry >> 32))
            return 0;
        QueryCode query = Decode(blocks, slot, room);
        for (int above = (int)(entry >> 32) - 1; above > level; above--)
            from = Descend(blocks, slotCount, query, from, above);
        room.Pool.Clear(GraphShape.BuildWidth);
        WalkLevel(blocks, slotCount, query, from, level, room);
        int count = 0;
        for (int i = 0; i < room.Pool.Count; i++)
        {
            int found = room.Pool.SlotAt(i);
            if (found != slot && !gone.Has(found))
                room.Candidates[count++] = (found, room.Pool.ScoreAt(i));
        }

        return count;
    }
}
