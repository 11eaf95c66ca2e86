using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex.Codes;

/// <summary>Parameters of a sketch. The row's inner product with a query is about <c>Factor · (query · signs) + Offset</c>.</summary>
/// <param name="Factor">Makes the estimate unbiased: the squared length of the centred vector over its inner product with its signs.</param>
/// <param name="Offset">The inner product of the vector and the centre.</param>
/// <param name="Ones">Number of bits that are set.</param>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly record struct SketchTerms(float Factor, float Offset, int Ones);
