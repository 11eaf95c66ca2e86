namespace ImageSearch.VectorIndex.Codes;

/// <summary>Parameters of a code: value i of the vector is approximately <c>Scale · code[i] + Offset</c>.</summary>
/// <param name="Scale">The quantization step.</param>
/// <param name="Offset">The centre of the vector's range. Values after a ReLU are not negative, so centring halves the step.</param>
/// <param name="Error">An upper bound of the distance between vector and code. By the Cauchy-Schwarz inequality it also bounds the error
/// of the inner product with a query of unit length.</param>
/// <param name="Sum">The sum of the code's bytes.</param>
internal readonly record struct CodeTerms(float Scale, float Offset, float Error, int Sum);
