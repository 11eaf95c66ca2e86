namespace ImageSearch.VectorIndex.Codes;

/// <summary>What a code needs beside its bytes: value i of the vector is about <c>Scale · code[i] + Offset</c>.</summary>
/// <param name="Scale">The width of a step.</param>
/// <param name="Offset">The middle of the vector's range; CNN features are not negative, so that centering halves the step.</param>
/// <param name="Error">An upper bound of the length of the difference between vector and code. By Cauchy and Schwarz no inner product
/// with a query of unit length is further off.</param>
/// <param name="Sum">The sum of the code's bytes.</param>
internal readonly record struct CodeTerms(float Scale, float Offset, float Error, int Sum);
