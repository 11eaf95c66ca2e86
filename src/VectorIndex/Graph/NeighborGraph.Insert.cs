using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>Insertion, by any number of threads concurrently.</content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>Links a node whose code and height are already written.</summary>
    public void Insert(Block* blocks, int slotCount, int slot, InsertScratch scratch)
    {
        int height = NodeAt(blocks, slot)->Height;
        GraphQuery query = QueryOf(blocks, slot, scratch);
        long entryPoint = Volatile.Read(ref _entryPoint);
        if (entryPoint == 0 && TrySetFirstEntryPoint(slot, height))
            return;

        entryPoint = Volatile.Read(ref _entryPoint);
        int from = (int)(uint)entryPoint - 1;
        int top = (int)(entryPoint >> 32);
        for (int level = top - 1; level >= height; level--)
            from = Descend(blocks, slotCount, query, from, level);

        // A node is reachable as soon as another one links to it: write its own links on all levels first, then the links back from level 0
        // up.
        int levels = Math.Min(height, top);
        for (int level = levels - 1; level >= 0; level--)
        {
            scratch.Beam.Clear(GraphShape.BuildBeamWidth);
            SearchLevel(blocks, slotCount, query, from, level, scratch);
            from = scratch.Beam.SlotAt(0);
            scratch.Selected[level] = SelectFromBeam(blocks, slot, scratch, scratch.SelectedAt(level), level);
            SetLinks(blocks, slot, level, scratch);
        }

        for (int level = 0; level < levels; level++)
        {
            foreach (int neighbor in scratch.SelectedAt(level)[..scratch.Selected[level]])
                LinkBack(blocks, neighbor, slot, level, scratch);
        }

        Interlocked.Increment(ref _nodes);
        if (height > top)
            RaiseEntryPoint(slot, height);
    }

    private static GraphNode* NodeAt(Block* blocks, int slot) =>
        blocks[slot >> Block.SlotBits].Nodes + (slot & Block.SlotMask);

    private bool TrySetFirstEntryPoint(int slot, int height)
    {
        lock (_entryPointLock)
        {
            if (_entryPoint != 0)
                return false;
            Volatile.Write(ref _entryPoint, PackEntryPoint(slot, height));
            Interlocked.Increment(ref _nodes);
            return true;
        }
    }

    private void RaiseEntryPoint(int slot, int height)
    {
        lock (_entryPointLock)
        {
            if (height > (int)(_entryPoint >> 32))
                Volatile.Write(ref _entryPoint, PackEntryPoint(slot, height));
        }
    }

    private static long PackEntryPoint(int slot, int height) => ((long)height << 32) | (uint)(slot + 1);

    private int SelectFromBeam(Block* blocks, int slot, InsertScratch scratch, Span<int> selected, int level)
    {
        int count = 0;
        for (int i = 0; i < scratch.Beam.Count; i++)
        {
            if (scratch.Beam.SlotAt(i) != slot)
                scratch.Candidates[count++] = (scratch.Beam.SlotAt(i), scratch.Beam.ScoreAt(i));
        }

        int max = level == 0 ? GraphShape.InitialLinks : GraphShape.UpperLinks;
        return Select(blocks, slot, scratch.Candidates.AsSpan(0, count), selected[..max]);
    }

    private void SetLinks(Block* blocks, int slot, int level, InsertScratch scratch)
    {
        GraphNode* node = NodeAt(blocks, slot);
        node->Lock();
        LinksOf(blocks, slot, level).Replace(scratch.SelectedAt(level)[..scratch.Selected[level]]);
        node->Unlock();
    }

    private void LinkBack(Block* blocks, int from, int to, int level, InsertScratch scratch)
    {
        GraphNode* node = NodeAt(blocks, from);
        node->Lock();
        try
        {
            LinkList links = LinksOf(blocks, from, level);
            int count = links.Count;
            for (int i = 0; i < count; i++)
            {
                if (links[i] == to)
                    return;
            }

            if (count < links.Capacity)
            {
                links.Append(count, to);
                return;
            }

            Span<(int Slot, float Score)> candidates = scratch.Candidates.AsSpan(0, count + 1);
            for (int i = 0; i < count; i++)
                candidates[i] = (links[i], Similarity(blocks, from, links[i]));
            candidates[count] = (to, Similarity(blocks, from, to));
            candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
            Span<int> selected = stackalloc int[GraphShape.BaseLinks];
            int kept = Select(blocks, from, candidates, selected[..links.Capacity]);
            links.Replace(selected[..kept]);
        }
        finally
        {
            node->Unlock();
        }
    }
}
