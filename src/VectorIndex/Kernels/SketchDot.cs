using System.Numerics;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The inner product of a 4-bit query, stored as bit planes, and the bits of a sketch: one AND and one population count per plane and word.
/// </summary>
internal static unsafe class SketchDot
{
    public const int Planes = 4;

    /// <param name="planes">For each word of 64 values its planes, lowest first.</param>
    /// <param name="bits">A bit per value.</param>
    /// <param name="words">Number of words of <paramref name="bits"/>.</param>
    public static int Of(ulong* planes, ulong* bits, int words)
    {
        int ones = 0, twos = 0, fours = 0, eights = 0;
        for (ulong* end = bits + words; bits < end; bits++, planes += Planes)
        {
            ulong word = *bits;
            ones += BitOperations.PopCount(word & planes[0]);
            twos += BitOperations.PopCount(word & planes[1]);
            fours += BitOperations.PopCount(word & planes[2]);
            eights += BitOperations.PopCount(word & planes[3]);
        }

        return ones + (2 * twos) + (4 * fours) + (8 * eights);
    }
}
