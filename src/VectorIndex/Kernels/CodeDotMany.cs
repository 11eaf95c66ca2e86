using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// The inner products of several 16-bit queries and one 8-bit code, equal to those of <see cref="CodeDot"/>. The code is read from memory
/// once, and with AVX2 widened once for every four queries.
/// </summary>
internal static unsafe class CodeDotMany
{
    private const int Group = 4;

    /// <param name="queries">The values of the queries, in the order of <see cref="CodeDot.Arrange"/>.</param>
    /// <param name="code">A code.</param>
    /// <param name="length">A multiple of <see cref="CodeDot.Step"/>.</param>
    /// <param name="dots">Receives an inner product per query.</param>
    public static void Of(ReadOnlySpan<nint> queries, sbyte* code, int length, Span<int> dots)
    {
        int first = 0;
        if (Avx2.IsSupported)
        {
            for (; first + Group <= queries.Length; first += Group)
                WithAvx2(queries[first..], code, length, dots[first..]);
        }

        for (; first < queries.Length; first++)
            dots[first] = CodeDot.Of((short*)queries[first], code, length);
    }

    private static void WithAvx2(ReadOnlySpan<nint> queries, sbyte* code, int length, Span<int> dots)
    {
        short* q0 = (short*)queries[0], q1 = (short*)queries[1], q2 = (short*)queries[2], q3 = (short*)queries[3];
        Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        for (int i = 0; i < length; i += 32)
        {
            Vector256<short> low = Avx2.ConvertToVector256Int16(code + i), high = Avx2.ConvertToVector256Int16(code + i + 16);
            a0 += Avx2.MultiplyAddAdjacent(low, Vector256.Load(q0 + i));
            b0 += Avx2.MultiplyAddAdjacent(high, Vector256.Load(q0 + i + 16));
            a1 += Avx2.MultiplyAddAdjacent(low, Vector256.Load(q1 + i));
            b1 += Avx2.MultiplyAddAdjacent(high, Vector256.Load(q1 + i + 16));
            a2 += Avx2.MultiplyAddAdjacent(low, Vector256.Load(q2 + i));
            b2 += Avx2.MultiplyAddAdjacent(high, Vector256.Load(q2 + i + 16));
            a3 += Avx2.MultiplyAddAdjacent(low, Vector256.Load(q3 + i));
            b3 += Avx2.MultiplyAddAdjacent(high, Vector256.Load(q3 + i + 16));
        }

        dots[0] = Vector256.Sum(a0 + b0);
        dots[1] = Vector256.Sum(a1 + b1);
        dots[2] = Vector256.Sum(a2 + b2);
        dots[3] = Vector256.Sum(a3 + b3);
    }
}
