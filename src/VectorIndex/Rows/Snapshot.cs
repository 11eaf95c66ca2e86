namespace ImageSearch.VectorIndex;

/// <summary>The rows of one moment. As long as it is open no memory that it shows is written or freed.</summary>
/// <param name="Moment">Slots that are visible at this moment belong to the snapshot.</param>
/// <param name="Blocks">The blocks; only those that <paramref name="SlotCount"/> reaches are there.</param>
/// <param name="SlotCount">Slots that were ever in use.</param>
/// <param name="Lease">The place to give back.</param>
internal readonly record struct Snapshot(long Moment, VectorBlock[] Blocks, int SlotCount, int Lease)
{
    public int BlockCount => (SlotCount + VectorBlock.SlotCount - 1) >> VectorBlock.SlotBits;

    public int SlotsIn(int block) => Math.Min(VectorBlock.SlotCount, SlotCount - (block << VectorBlock.SlotBits));

    public ref readonly Slot SlotAt(int slot) => ref Blocks[slot >> VectorBlock.SlotBits].Slots[slot & (VectorBlock.SlotCount - 1)];

    public unsafe float* VectorAt(int slot) => Blocks[slot >> VectorBlock.SlotBits].VectorAt(slot & (VectorBlock.SlotCount - 1));
}
