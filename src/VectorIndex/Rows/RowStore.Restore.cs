using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Rows;

/// <content>Restoring a snapshot into a new store.</content>
internal sealed unsafe partial class RowStore
{
    // The first epoch of a restored store.
    private const long RestoredEpoch = 1;

    /// <exception cref="SnapshotException">The snapshot is damaged; the store must be discarded.</exception>
    public void Restore(SnapshotReader reader)
    {
        SnapshotHeader header = reader.Header;
        int count = header.SlotCount;
        if (count < 0 || header.RowCount < 0 || header.RowCount > count)
            throw new SnapshotException("its counts are inconsistent");
        // Trust the slot count only if the file has that many codes: this limits the memory that a damaged count can allocate.
        if (header.Sections[(int)SnapshotSection.Codes].Length != (long)count * _codeStride)
            throw new SnapshotException("the length of its codes does not match its slot count");

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
                ReadEmptyLinks(reader);
            RestoreRows(rows, header.RowCount);
            _slots.SnapshotSaved(RestoredEpoch);
            Publish(RestoredEpoch);
        }
    }

    /// <summary>Counts the nodes of the graph.</summary>
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
                    _tombstones.Add(i);
                else
                    free.Add(i);
                continue;
            }

            if (twin == Slot.NoTwin
                ? !_rows.TryAdd(id, i)
                : (uint)twin >= (uint)rows.Length || twin == i || rows[twin] != new SavedSlot(id, version, i)
                    || (twin > i && !_rows.TryAdd(id, i)))
                throw new SnapshotException("its rows are inconsistent");
            _blocks.SlotAt(i)->Fill(id, version, twin, RestoredEpoch);
            _vectors.MarkUnverified(_blocks.Blocks, i);
            if (_linked && !inGraph)
                _unlinked = _unlinked.With(i);
        }

        if (_rows.Count != rowCount)
            throw new SnapshotException("its row count does not match its rows");
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
                throw new SnapshotException("its graph has nodes of invalid height");
            GraphNode.Reserve(_blocks, slot);
            GraphNode.Add(_blocks, slot);
        }

        int baseLinks = reader.Header.BaseLinks;
        if (baseLinks == GraphShape.BaseLinks)
        {
            ReadBlocks(
                reader, SnapshotSection.BaseLinks, count, (block, slots) => new Span<byte>(block->Links, slots * baseLinks * sizeof(uint)));
        }
        else
        {
            ReadSlots(reader, SnapshotSection.BaseLinks, count, slot => new Span<byte>(_blocks.LinksAt(slot), baseLinks * sizeof(uint)));
        }

        ReadSlots(reader, SnapshotSection.UpperLinks, count, slot => UpperLinksOf(_blocks.Blocks, slot));
        for (int slot = 0; slot < count; slot++)
        {
            CheckLinks(_blocks.LinksAt(slot), heights[slot] == 0 ? 0 : GraphShape.BaseLinks, 0);
            for (int level = 1; level < heights[slot]; level++)
                CheckLinks(_blocks.NodeAt(slot)->LinksAt(level), GraphShape.UpperLinks, level);
        }

        void CheckLinks(uint* links, int capacity, int level)
        {
            for (int i = 0; i < capacity && links[i] != 0; i++)
            {
                if (links[i] > (uint)count || heights[links[i] - 1] <= level)
                    throw new SnapshotException("its graph has links to missing nodes");
            }
        }
    }

    private static void ReadEmptyLinks(SnapshotReader reader)
    {
        foreach (SnapshotSection section in (ReadOnlySpan<SnapshotSection>)
            [SnapshotSection.Heights, SnapshotSection.BaseLinks, SnapshotSection.UpperLinks])
            reader.Read(section, static () => default);
    }

    private delegate Span<byte> BlockBuffer(Block* block, int slots);

    private delegate Span<byte> SlotBuffer(int slot);

    private static T[] ReadArray<T>(SnapshotReader reader, SnapshotSection section, int count)
        where T : struct
    {
        var items = new T[count];
        bool isRead = false;
        reader.Read(section, () =>
        {
            Span<byte> piece = isRead ? default : MemoryMarshal.AsBytes(items.AsSpan());
            isRead = true;
            return piece;
        });
        return items;
    }

    private void ReadBlocks(SnapshotReader reader, SnapshotSection section, int count, BlockBuffer buffer)
    {
        int block = 0;
        reader.Read(section, () =>
        {
            while (block << Block.SlotBits < count)
            {
                int slots = Math.Min(Block.SlotCount, count - (block << Block.SlotBits));
                Span<byte> bytes = buffer(_blocks.Blocks + block, slots);
                block++;
                if (!bytes.IsEmpty)
                    return bytes;
            }

            return default;
        });
    }

    private static void ReadSlots(SnapshotReader reader, SnapshotSection section, int count, SlotBuffer buffer)
    {
        int slot = 0;
        reader.Read(section, () =>
        {
            while (slot < count)
            {
                Span<byte> bytes = buffer(slot++);
                if (!bytes.IsEmpty)
                    return bytes;
            }

            return default;
        });
    }
}
