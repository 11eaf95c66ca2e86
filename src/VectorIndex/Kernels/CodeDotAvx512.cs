using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>
/// 32 values per instruction, in 512 bits. .NET 10 does not expose the VNNI instructions of AVX-512; a multiply-add of pairs and an
/// addition do the same in two.
/// </summary>
internal static unsafe class CodeDotAvx512
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static int Of(short* query, sbyte* code, int length)
    {
        Vector512<int> a = default, b = default;
        for (sbyte* end = code + length; code < end; code += 64, query += 64)
        {
            a += Avx512BW.MultiplyAddAdjacent(Vector512.Load(query), Avx512BW.ConvertToVector512Int16(Vector256.Load(code)));
            b += Avx512BW.MultiplyAddAdjacent(Vector512.Load(query + 32), Avx512BW.ConvertToVector512Int16(Vector256.Load(code + 32)));
        }

        return Vector512.Sum(a + b);
    }
}
