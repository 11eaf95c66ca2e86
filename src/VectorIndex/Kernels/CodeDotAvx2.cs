using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>16 values per instruction: codes are widened as they are loaded, pairs are multiplied and added in one instruction.</summary>
internal static unsafe class CodeDotAvx2
{
    public static bool IsSupported => Avx2.IsSupported;

    public static int Of(short* query, sbyte* code, int length)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        for (sbyte* end = code + length; code < end; code += 64, query += 64)
        {
            a += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(code), Vector256.Load(query));
            b += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(code + 16), Vector256.Load(query + 16));
            c += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(code + 32), Vector256.Load(query + 32));
            d += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(code + 48), Vector256.Load(query + 48));
        }

        return Vector256.Sum((a + b) + (c + d));
    }
}
