namespace ImageSearch.VectorIndex.Codes;

/// <summary>Parameters of a sketch. The row's inner product with a query is <c>Factor · (query · signs) + Offset</c>, approximately.</summary>
/// <param name="Factor">Makes the estimate unbiased: the squared length of the centred vector over its inner product with its signs.</param>
/// <param name="Offset">The inner product of the vector and the centre.</param>
/// <param name="Error">The standard deviation of the estimate for a centred query of unit length.</param>
/// <param name="Ones">Number of bits that are set.</param>
internal readonly record struct SketchTerms(float Factor, float Offset, float Error, int Ones);
