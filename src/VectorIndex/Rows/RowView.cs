namespace ImageSearch.VectorIndex.Rows;

/// <summary>The rows of one moment. As long as it is open no vector that it shows is written over or freed.</summary>
/// <param name="Moment">Slots that are visible at this moment belong to the view.</param>
/// <param name="Table">The blocks; only those that <paramref name="SlotCount"/> reaches are there.</param>
/// <param name="SlotCount">Slots that were ever in use.</param>
/// <param name="RowCount">Rows at that moment.</param>
/// <param name="Unlinked">Slots that the graph does not hold.</param>
/// <param name="Lease">The place to give back.</param>
internal readonly record struct RowView(long Moment, nint Table, int SlotCount, int RowCount, UnlinkedSlots Unlinked, int Lease)
{
    public int BlockCount => (SlotCount + Block.SlotMask) >> Block.SlotBits;

    public unsafe Block* Blocks => (Block*)Table;

    public int SlotsIn(int block) => Math.Min(Block.SlotCount, SlotCount - (block << Block.SlotBits));

    public unsafe Slot* SlotAt(int slot) => Blocks[slot >> Block.SlotBits].Slots + (slot & Block.SlotMask);
}
