using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>
/// Unlinks tombstones (nodes of removed rows) as FreshDiskANN does (Singh et al., arXiv 2105.09613): a node with a link to a tombstone
/// selects new neighbours among its other neighbours and those of the tombstone. Concurrent with searches.
/// </content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>Removes all links to the tombstones.</summary>
    /// <param name="blocks">The blocks of an open view.</param>
    /// <param name="slotCount">Number of slots that links may refer to.</param>
    /// <param name="tombstones">Nodes to unlink, which the graph still contains.</param>
    /// <param name="threads">Threads to use.</param>
    public void Repair(Block* blocks, int slotCount, int[] tombstones, int threads)
    {
        var removed = new SlotSet(slotCount);
        foreach (int slot in tombstones)
            removed.Add(slot);
        MoveEntryPoint(blocks, slotCount, removed);
        if (Volatile.Read(ref _entryPoint) != 0)
            RepairLinks(blocks, slotCount, removed, threads);
        Interlocked.Add(ref _nodes, -tombstones.Length);
    }

    private void MoveEntryPoint(Block* blocks, int slotCount, SlotSet removed)
    {
        lock (_entryPointLock)
        {
            if (_entryPoint == 0 || !removed.Contains((int)(uint)_entryPoint - 1))
                return;
            int newEntryPoint = -1;
            int height = 0;
            for (int slot = 0; slot < slotCount; slot++)
            {
                if (NodeAt(blocks, slot)->Height > height && !removed.Contains(slot))
                    (newEntryPoint, height) = (slot, NodeAt(blocks, slot)->Height);
            }

            Volatile.Write(ref _entryPoint, newEntryPoint < 0 ? 0 : PackEntryPoint(newEntryPoint, height));
        }
    }

    private void RepairLinks(Block* blocks, int slotCount, SlotSet removed, int threads)
    {
        const int BatchSize = 256;
        int next = -BatchSize;
        Parallel.For(0, threads, _ =>
        {
            using var scratch = new InsertScratch(_dimension);
            while (Interlocked.Add(ref next, BatchSize) is int first && first < slotCount)
            {
                for (int slot = first; slot < Math.Min(first + BatchSize, slotCount); slot++)
                {
                    int height = NodeAt(blocks, slot)->Height;
                    for (int level = 0; level < height && !removed.Contains(slot); level++)
                        RepairNode(blocks, slotCount, slot, level, removed, scratch);
                }
            }
        });
    }

    private void RepairNode(Block* blocks, int slotCount, int slot, int level, SlotSet removed, InsertScratch scratch)
    {
        LinkList links = LinksOf(blocks, slot, level);
        int count = links.Count;
        int unlinked = 0;
        for (int i = 0; i < count; i++)
            unlinked += removed.Contains(links[i]) ? 1 : 0;
        if (unlinked == 0)
            return;

        GraphNode* node = NodeAt(blocks, slot);
        Span<int> selected = scratch.SelectedAt(level)[..links.Capacity];
        int kept;
        node->Lock();
        try
        {
            kept = Select(blocks, slot, CandidatesFor(blocks, slotCount, slot, level, removed, scratch), selected);
            links.Replace(selected[..kept]);
        }
        finally
        {
            node->Unlock();
        }

        // The unlinked nodes may have been the only ones that linked to this one.
        foreach (int neighbor in selected[..kept])
            LinkBack(blocks, neighbor, slot, level, scratch);
    }

    /// <summary>
    /// The remaining neighbours of a node and those of its unlinked neighbours; if there are none, the result of a search.
    /// </summary>
    private ReadOnlySpan<(int Slot, float Score)> CandidatesFor(
        Block* blocks, int slotCount, int slot, int level, SlotSet removed, InsertScratch scratch)
    {
        VisitedSlots seen = scratch.Visited;
        seen.Reserve(slotCount);
        seen.Add(slot);
        int count = 0;
        LinkList links = LinksOf(blocks, slot, level);
        for (int i = 0; i < links.Capacity && links[i] is >= 0 and int neighbor; i++)
        {
            if (!removed.Contains(neighbor))
            {
                AddCandidate(neighbor);
                continue;
            }

            LinkList indirect = LinksOf(blocks, neighbor, level);
            for (int j = 0; j < indirect.Capacity && indirect[j] is >= 0 and int second; j++)
            {
                if (!removed.Contains(second))
                    AddCandidate(second);
            }
        }

        seen.Clear();
        if (count == 0)
            count = SearchCandidates(blocks, slotCount, slot, level, removed, scratch);
        Span<(int Slot, float Score)> candidates = scratch.Candidates.AsSpan(0, count);
        candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        return candidates;

        void AddCandidate(int neighbor)
        {
            if (seen.Add(neighbor))
                scratch.Candidates[count++] = (neighbor, Similarity(blocks, slot, neighbor));
        }
    }

    private int SearchCandidates(Block* blocks, int slotCount, int slot, int level, SlotSet removed, InsertScratch scratch)
    {
        long entryPoint = Volatile.Read(ref _entryPoint);
        int from = (int)(uint)entryPoint - 1;
        if (level >= (int)(entryPoint >> 32))
            return 0;
        GraphQuery query = QueryOf(blocks, slot, scratch);
        for (int above = (int)(entryPoint >> 32) - 1; above > level; above--)
            from = Descend(blocks, slotCount, query, from, above);
        scratch.Beam.Clear(GraphShape.BuildBeamWidth);
        SearchLevel(blocks, slotCount, query, from, level, scratch);
        int count = 0;
        for (int i = 0; i < scratch.Beam.Count; i++)
        {
            int candidate = scratch.Beam.SlotAt(i);
            if (candidate != slot && !removed.Contains(candidate))
                scratch.Candidates[count++] = (candidate, scratch.Beam.ScoreAt(i));
        }

        return count;
    }
}
