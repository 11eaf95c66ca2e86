using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex;

/// <summary>A row that a search found.</summary>
/// <param name="Id">The id of the row.</param>
/// <param name="Version">The version of the row.</param>
/// <param name="SquaredDistance">Squared Euclidean distance between query and vector, 0 to 4; the smallest one if there are two queries or two vectors. 0 for an identical vector.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Hit(long Id, int Version, float SquaredDistance);
