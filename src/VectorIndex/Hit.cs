using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex;

/// <summary>A row near a query.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">The version whose vector was near.</param>
/// <param name="SquaredDistance">Sum of squared differences between the nearest view and vector, 0..4; 0 for an identical vector.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Hit(long Id, int Version, float SquaredDistance);
