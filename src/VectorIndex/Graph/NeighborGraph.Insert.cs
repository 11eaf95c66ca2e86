using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>Taking nodes in; any number of threads at a time.</content>
internal sealed unsafe partial class NeighborGraph
{
    /// <summary>Links a node whose height is set and whose code is written.</summary>
    public void Insert(Block* blocks, int slotCount, int slot, InsertRoom room)
    {
        int height = NodeAt(blocks, slot)->Height;
        long entry = Volatile.Read(ref _entry);
        if (entry == 0 && TryBecomeFirst(slot, height))
            return;

        QueryCode query = Decode(blocks, slot, room);
        entry = Volatile.Read(ref _entry);
        int from = (int)(uint)entry - 1;
        int top = (int)(entry >> 32);
        for (int level = top - 1; level >= height; level--)
            from = Descend(blocks, slotCount, query, from, level);

        // Searches may come to a node as soon as one other links to it: so first its own links on all levels, then the links back, from
        // the lowest level up.
        int levels = Math.Min(height, top);
        for (int level = levels - 1; level >= 0; level--)
        {
            room.Pool.Clear(GraphShape.BuildWidth);
            WalkLevel(blocks, slotCount, query, from, level, room);
            from = room.Pool.SlotAt(0);
            room.Chosen[level] = ChooseFor(blocks, slot, room, room.ChosenAt(level), level);
            Keep(blocks, slot, level, room);
        }

        for (int level = 0; level < levels; level++)
        {
            foreach (int neighbor in room.ChosenAt(level)[..room.Chosen[level]])
                LinkBack(blocks, neighbor, slot, level, room);
        }

        Interlocked.Increment(ref _nodes);
        if (height > top)
            RaiseEntry(slot, height);
    }

    private static GraphNode* NodeAt(Block* blocks, int slot) =>
        blocks[slot >> Block.SlotBits].Nodes + (slot & Block.SlotMask);

    private QueryCode Decode(Block* blocks, int slot, InsertRoom room)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int place = slot & Block.SlotMask;
        return QueryCode.Decode(block->Codes + ((nint)place * _stride), block->Terms[place], _stride, dimension, room.Query);
    }

    private bool TryBecomeFirst(int slot, int height)
    {
        lock (_entering)
        {
            if (_entry != 0)
                return false;
            Volatile.Write(ref _entry, EntryOf(slot, height));
            Interlocked.Increment(ref _nodes);
            return true;
        }
    }

    private void RaiseEntry(int slot, int height)
    {
        lock (_entering)
        {
            if (height > (int)(_entry >> 32))
                Volatile.Write(ref _entry, EntryOf(slot, height));
        }
    }

    private static long EntryOf(int slot, int height) => ((long)height << 32) | (uint)(slot + 1);

    private int ChooseFor(Block* blocks, int slot, InsertRoom room, Span<int> chosen, int level)
    {
        int count = 0;
        for (int i = 0; i < room.Pool.Count; i++)
        {
            if (room.Pool.SlotAt(i) != slot)
                room.Candidates[count++] = (room.Pool.SlotAt(i), room.Pool.ScoreAt(i));
        }

        int most = level == 0 ? GraphShape.FirstLinks : GraphShape.UpperLinks;
        return Choose(blocks, slot, room.Candidates.AsSpan(0, count), chosen[..most]);
    }

    private void Keep(Block* blocks, int slot, int level, InsertRoom room)
    {
        GraphNode* node = NodeAt(blocks, slot);
        node->Enter();
        LinksOf(blocks, slot, level).Replace(room.ChosenAt(level)[..room.Chosen[level]]);
        node->Exit();
    }

    private void LinkBack(Block* blocks, int from, int to, int level, InsertRoom room)
    {
        GraphNode* node = NodeAt(blocks, from);
        node->Enter();
        try
        {
            LinkList links = LinksOf(blocks, from, level);
            int count = links.Count;
            for (int i = 0; i < count; i++)
            {
                if (links[i] == to)
                    return;
            }

            if (count < links.Room)
            {
                links.Append(count, to);
                return;
            }

            Span<(int Slot, float Score)> candidates = room.Candidates.AsSpan(0, count + 1);
            for (int i = 0; i < count; i++)
                candidates[i] = (links[i], Similarity(blocks, from, links[i]));
            candidates[count] = (to, Similarity(blocks, from, to));
            candidates.Sort(static (a, b) => b.Score.CompareTo(a.Score));
            Span<int> chosen = stackalloc int[GraphShape.BaseLinks];
            int kept = Choose(blocks, from, candidates, chosen[..links.Room]);
            links.Replace(chosen[..kept]);
        }
        finally
        {
            node->Exit();
        }
    }
}
