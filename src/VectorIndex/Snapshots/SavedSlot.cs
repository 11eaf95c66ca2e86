using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>A slot in a snapshot.</summary>
/// <param name="Id">The id of the row.</param>
/// <param name="Version">Its version.</param>
/// <param name="Twin">The slot of its other vector, <see cref="Slot.NoTwin"/>, or <see cref="NoRow"/>.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SavedSlot(long Id, int Version, int Twin)
{
    public const int NoRow = -2;
}
