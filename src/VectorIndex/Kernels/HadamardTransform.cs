using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The fast Walsh-Hadamard transform, without normalisation, of every block of values. Pairs are at least one vector apart: values within
/// a vector do not mix, which saves the shuffles. Each value spreads over 1/8 of its block, 8 values at least.
/// </summary>
internal static class HadamardTransform
{
    private const int MinBlock = 64;
    private const int MaxBlock = 512;

    /// <summary>Number of values that a transformed value is a sum of.</summary>
    public static int SpreadOf(int length) => BlockOf(length) / Vector256<float>.Count;

    /// <param name="values">Their number must be a multiple of 64.</param>
    public static void Apply(Span<float> values)
    {
        int block = BlockOf(values.Length);
        Span<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(values);
        int vectorsPerBlock = block / Vector256<float>.Count;
        for (int half = 1; half < vectorsPerBlock; half *= 2)
        {
            for (int start = 0; start < vectors.Length; start += 2 * half)
            {
                Span<Vector256<float>> low = vectors.Slice(start, half);
                Span<Vector256<float>> high = vectors.Slice(start + half, half);
                for (int i = 0; i < low.Length; i++)
                    (low[i], high[i]) = (low[i] + high[i], low[i] - high[i]);
            }
        }
    }

    /// <summary>The greatest power of two that divides the length, within limits.</summary>
    private static int BlockOf(int length) => Math.Clamp(length & -length, MinBlock, MaxBlock);
}
