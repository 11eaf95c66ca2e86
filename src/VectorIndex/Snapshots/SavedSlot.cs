using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>A slot as a snapshot has it.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">Its version.</param>
/// <param name="Twin">The slot of its other vector, <see cref="Slot.NoTwin"/>, or <see cref="NoRow"/>.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SavedSlot(long Id, int Version, int Twin)
{
    public const int NoRow = -2;
}
