using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Rows;

/// <content>Writing the rows of a view to a snapshot. Concurrent with puts and removes; the caller prevents changes of the graph.</content>
internal sealed unsafe partial class RowStore
{
    public void Save(SnapshotWriter writer, RowView view, bool withGraph, CancellationToken cancellationToken)
    {
        var rows = new SavedSlot[Block.SlotCount];
        WriteBlocks(SnapshotSection.Rows, (block, first, slots) =>
        {
            for (int i = 0; i < slots; i++)
            {
                Slot* slot = block->Slots + i;
                rows[i] = slot->IsVisibleAt(view.Epoch)
                    ? new SavedSlot(slot->Id, slot->Version, slot->Twin)
                    : new SavedSlot(0, 0, SavedSlot.NoRow);
            }

            return MemoryMarshal.AsBytes(rows.AsSpan(0, slots));
        });
        WriteBlocks(SnapshotSection.Codes, (block, _, slots) => new ReadOnlySpan<byte>(block->Codes, slots * _codeStride));
        WriteBlocks(SnapshotSection.Terms, (block, _, slots) => new ReadOnlySpan<byte>(block->Terms, slots * sizeof(CodeTerms)));
        WriteSlots(SnapshotSection.Vectors, slot => _vectors.InMemory(view.Blocks, slot));
        WriteBlocks(SnapshotSection.Checksums, (block, _, slots) => block->Checksums == null
            ? default
            : new ReadOnlySpan<byte>(block->Checksums, slots * sizeof(uint)));
        if (!withGraph)
        {
            foreach (SnapshotSection section in (ReadOnlySpan<SnapshotSection>)
                [SnapshotSection.Heights, SnapshotSection.BaseLinks, SnapshotSection.UpperLinks])
                writer.Write(section, static () => default, cancellationToken);
            return;
        }

        var heights = new byte[Block.SlotCount];
        WriteBlocks(SnapshotSection.Heights, (block, _, slots) =>
        {
            for (int i = 0; i < slots; i++)
                heights[i] = (byte)block->Nodes[i].Height;
            return heights.AsSpan(0, slots);
        });
        WriteBlocks(
            SnapshotSection.BaseLinks,
            (block, _, slots) => new ReadOnlySpan<byte>(block->Links, slots * GraphShape.BaseLinks * sizeof(uint)));
        WriteSlots(SnapshotSection.UpperLinks, slot => UpperLinksOf(view.Blocks, slot));

        // The pieces of some blocks are empty, but an empty piece ends a section: skip them.
        void WriteBlocks(SnapshotSection section, BlockPiece piece)
        {
            int block = 0;
            writer.Write(
                section,
                () =>
                {
                    while (block < view.BlockCount)
                    {
                        int slots = view.SlotsIn(block);
                        ReadOnlySpan<byte> bytes = piece(view.Blocks + block, block << Block.SlotBits, slots);
                        block++;
                        if (!bytes.IsEmpty)
                            return bytes;
                    }

                    return default;
                },
                cancellationToken);
        }

        void WriteSlots(SnapshotSection section, SlotPiece piece)
        {
            int slot = 0;
            writer.Write(
                section,
                () =>
                {
                    while (slot < view.SlotCount)
                    {
                        ReadOnlySpan<byte> bytes = piece(slot++);
                        if (!bytes.IsEmpty)
                            return bytes;
                    }

                    return default;
                },
                cancellationToken);
        }
    }

    /// <summary>Records that the snapshot of an epoch is on disk: its vectors stay in the file until the next snapshot.</summary>
    public void SnapshotSaved(long epoch)
    {
        lock (_writing)
            _slots.SnapshotSaved(epoch);
    }

    private delegate ReadOnlySpan<byte> BlockPiece(Block* block, int firstSlot, int slots);

    private delegate ReadOnlySpan<byte> SlotPiece(int slot);

    private static Span<byte> UpperLinksOf(Block* blocks, int slot)
    {
        GraphNode* node = blocks[slot >> Block.SlotBits].Nodes + (slot & Block.SlotMask);
        return node->Height > 1
            ? new Span<byte>(node->LinksAt(1), (node->Height - 1) * GraphShape.UpperLinks * sizeof(uint))
            : default;
    }
}
