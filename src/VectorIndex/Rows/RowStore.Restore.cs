using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Rows;

/// <content>Taking over what a snapshot holds, into a store that is new.</content>
internal sealed unsafe partial class RowStore
{
    // The moment that a restored store shows.
    private const long RestoredMoment = 1;

    /// <exception cref="SnapshotException">The snapshot is damaged; the store must be thrown away.</exception>
    public void Restore(SnapshotReader reader)
    {
        SnapshotHeader header = reader.Header;
        int count = header.SlotCount;
        if (count < 0 || header.RowCount < 0 || header.RowCount > count)
            throw new SnapshotException("its counts contradict each other");
        // A count is believed once the file is as long as so many slots are: memory is taken for what is there.
        if (header.Parts[(int)SnapshotSection.Codes].Length != (long)count * _codeStride)
            throw new SnapshotException("its codes are not as long as its slots are many");

        lock (_writing)
        {
            _slots.Reserve(count, header.HasGraph);
            SavedSlot[] rows = ReadArray<SavedSlot>(reader, SnapshotSection.Rows, count);
            ReadBlocks(reader, SnapshotSection.Codes, count, (block, slots) => new Span<byte>(block->Codes, slots * _codeStride));
            ReadBlocks(reader, SnapshotSection.Terms, count, (block, slots) => new Span<byte>(block->Terms, slots * sizeof(CodeTerms)));
            ReadSlots(reader, SnapshotSection.Vectors, count, slot => _vectors.InMemory(_blocks.Blocks, slot));
            ReadBlocks(reader, SnapshotSection.Checksums, count, (block, slots) => block->Checksums == null
                ? default
                : new Span<byte>(block->Checksums, slots * sizeof(uint)));
            if (header.HasGraph)
                RestoreLinks(reader, count);
            else
                ReadNothing(reader);
            RestoreRows(rows, header.RowCount);
            _slots.Saved(RestoredMoment);
            Publish(RestoredMoment);
        }
    }

    /// <summary>Nodes of the graph.</summary>
    public int CountNodes()
    {
        int count = 0;
        for (int slot = 0; slot < _slots.UsedCount; slot++)
            count += _blocks.NodeAt(slot)->IsInGraph ? 1 : 0;
        return count;
    }

    public bool IsNode(int slot, int height) =>
        (uint)slot < (uint)_slots.UsedCount && height > 0 && _blocks.NodeAt(slot)->Height == height;

    private void RestoreRows(SavedSlot[] rows, int rowCount)
    {
        _rows.EnsureCapacity(rowCount);
        var free = new List<int>();
        for (int i = 0; i < rows.Length; i++)
        {
            (long id, int version, int twin) = rows[i];
            bool inGraph = _linked && _blocks.NodeAt(i)->IsInGraph;
            if (twin == SavedSlot.NoRow)
            {
                if (inGraph)
                    _buried.Add(i);
                else
                    free.Add(i);
                continue;
            }

            if (twin == Slot.NoTwin
                ? !_rows.TryAdd(id, i)
                : (uint)twin >= (uint)rows.Length || twin == i || rows[twin] != new SavedSlot(id, version, i)
                    || (twin > i && !_rows.TryAdd(id, i)))
                throw new SnapshotException("its rows contradict each other");
            _blocks.SlotAt(i)->Bear(id, version, twin, RestoredMoment);
            _vectors.Doubt(_blocks.Blocks, i);
            if (_linked && !inGraph)
                _unlinked = _unlinked.With(i);
        }

        if (_rows.Count != rowCount)
            throw new SnapshotException("its rows are not as many as it says");
        _slots.Restore(rows.Length, free);
    }

    private void RestoreLinks(SnapshotReader reader, int count)
    {
        _blocks.AddLinks();
        _linked = true;
        byte[] heights = ReadArray<byte>(reader, SnapshotSection.Heights, count);
        for (int slot = 0; slot < count; slot++)
        {
            if (heights[slot] == 0)
                continue;
            if (heights[slot] != GraphShape.HeightOf(slot))
                throw new SnapshotException("its graph has nodes of impossible heights");
            GraphNode.Reserve(_blocks, slot);
            GraphNode.Join(_blocks, slot);
        }

        ReadBlocks(
            reader,
            SnapshotSection.BaseLinks,
            count,
            (block, slots) => new Span<byte>(block->Links, slots * GraphShape.BaseLinks * sizeof(uint)));
        ReadSlots(reader, SnapshotSection.UpperLinks, count, slot => UpperLinksOf(_blocks.Blocks, slot));
        for (int slot = 0; slot < count; slot++)
        {
            CheckLinks(_blocks.LinksAt(slot), heights[slot] == 0 ? 0 : GraphShape.BaseLinks, 0);
            for (int level = 1; level < heights[slot]; level++)
                CheckLinks(_blocks.NodeAt(slot)->LinksAt(level), GraphShape.UpperLinks, level);
        }

        void CheckLinks(uint* links, int room, int level)
        {
            for (int i = 0; i < room && links[i] != 0; i++)
            {
                if (links[i] > (uint)count || heights[links[i] - 1] <= level)
                    throw new SnapshotException("its graph has links to nodes that are not there");
            }
        }
    }

    private static void ReadNothing(SnapshotReader reader)
    {
        foreach (SnapshotSection section in (ReadOnlySpan<SnapshotSection>)
            [SnapshotSection.Heights, SnapshotSection.BaseLinks, SnapshotSection.UpperLinks])
            reader.Read(section, static () => default);
    }

    private delegate Span<byte> BlockRoom(Block* block, int slots);

    private delegate Span<byte> SlotRoom(int slot);

    private static T[] ReadArray<T>(SnapshotReader reader, SnapshotSection section, int count)
        where T : struct
    {
        var items = new T[count];
        bool given = false;
        reader.Read(section, () =>
        {
            Span<byte> piece = given ? default : MemoryMarshal.AsBytes(items.AsSpan());
            given = true;
            return piece;
        });
        return items;
    }

    private void ReadBlocks(SnapshotReader reader, SnapshotSection section, int count, BlockRoom room)
    {
        int block = 0;
        reader.Read(section, () =>
        {
            while (block << Block.SlotBits < count)
            {
                int slots = Math.Min(Block.SlotCount, count - (block << Block.SlotBits));
                Span<byte> bytes = room(_blocks.Blocks + block, slots);
                block++;
                if (!bytes.IsEmpty)
                    return bytes;
            }

            return default;
        });
    }

    private static void ReadSlots(SnapshotReader reader, SnapshotSection section, int count, SlotRoom room)
    {
        int slot = 0;
        reader.Read(section, () =>
        {
            while (slot < count)
            {
                Span<byte> bytes = room(slot++);
                if (!bytes.IsEmpty)
                    return bytes;
            }

            return default;
        });
    }
}
