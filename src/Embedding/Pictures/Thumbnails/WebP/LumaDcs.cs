namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>The DCs of the 16 luma blocks of a macroblock, which are transformed once more (RFC 6386, section 14.3).</summary>
internal static class LumaDcs
{
    private const int Size = 4;

    /// <summary>Transforms and quantizes the DCs.</summary>
    /// <param name="dcs">The DCs of the blocks, row by row; overwritten.</param>
    /// <param name="levels">Receives the coefficients in steps.</param>
    internal static void Transform(Span<float> dcs, Span<int> levels)
    {
        for (var at = 0; at < Size; at++) Sums(ref dcs[at], ref dcs[Size + at], ref dcs[(2 * Size) + at], ref dcs[(3 * Size) + at]);
        for (var at = 0; at < Size * Size; at += Size) Sums(ref dcs[at], ref dcs[at + 1], ref dcs[at + 2], ref dcs[at + 3]);
        for (var at = 0; at < Size * Size; at++)
        {
            var steps = dcs[at] * 0.5f / StepOf(at);
            levels[at] = (int)(steps + MathF.CopySign(Quantizer.Rounding, steps));
        }
    }

    /// <summary>The DCs that a decoder sees.</summary>
    /// <param name="levels">The coefficients in steps.</param>
    /// <param name="dcs">Receives the DCs of the blocks, row by row.</param>
    internal static void Inverse(ReadOnlySpan<int> levels, Span<int> dcs)
    {
        for (var at = 0; at < Size * Size; at++) dcs[at] = levels[at] * StepOf(at);
        for (var at = 0; at < Size; at++) Sums(ref dcs[at], ref dcs[Size + at], ref dcs[(2 * Size) + at], ref dcs[(3 * Size) + at]);
        for (var at = 0; at < Size * Size; at += Size)
        {
            // Rounds to eighths.
            dcs[at] += 3;
            Sums(ref dcs[at], ref dcs[at + 1], ref dcs[at + 2], ref dcs[at + 3]);
        }

        for (var at = 0; at < Size * Size; at++) dcs[at] >>= 3;
    }

    private static int StepOf(int at) => at == 0 ? Quantizer.LumaDcsDc : Quantizer.LumaDcsAc;

    private static void Sums<T>(ref T a, ref T b, ref T c, ref T d)
        where T : struct, System.Numerics.INumber<T>
    {
        var (outer, inner, innerDifference, outerDifference) = (a + d, b + c, b - c, a - d);
        a = outer + inner;
        b = outerDifference + innerDifference;
        c = outer - inner;
        d = outerDifference - innerDifference;
    }
}
