namespace ImageSearch.VectorIndex.Rows;

/// <summary>A consistent view of the rows at one epoch. While it is open, the vectors of its rows are not overwritten or freed.</summary>
/// <param name="Epoch">Slots that are visible at this epoch belong to the view.</param>
/// <param name="Table">The address of the blocks that contain the first <paramref name="SlotCount"/> slots.</param>
/// <param name="SlotCount">Number of slots ever used.</param>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Unlinked">Slots that are not in the graph.</param>
/// <param name="Lease">The lease to release.</param>
internal readonly record struct RowView(long Epoch, nint Table, int SlotCount, int RowCount, UnlinkedSlots Unlinked, int Lease)
{
    public int BlockCount => (SlotCount + Block.SlotMask) >> Block.SlotBits;

    public unsafe Block* Blocks => (Block*)Table;

    public int SlotsIn(int block) => Math.Min(Block.SlotCount, SlotCount - (block << Block.SlotBits));

    public unsafe Slot* SlotAt(int slot) => Blocks[slot >> Block.SlotBits].Slots + (slot & Block.SlotMask);
}
