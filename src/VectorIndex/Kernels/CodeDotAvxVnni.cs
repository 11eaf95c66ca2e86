using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>16 values per instruction: AVX-VNNI multiplies pairs and adds them to the sums in one instruction.</summary>
internal static unsafe class CodeDotAvxVnni
{
    public static bool IsSupported => AvxVnni.IsSupported;

    public static int Of(short* query, sbyte* code, int length)
    {
        Vector256<int> a = default, b = default, c = default, d = default;
        for (sbyte* end = code + length; code < end; code += 64, query += 64)
        {
            a = AvxVnni.MultiplyWideningAndAdd(a, Vector256.Load(query), Avx2.ConvertToVector256Int16(code));
            b = AvxVnni.MultiplyWideningAndAdd(b, Vector256.Load(query + 16), Avx2.ConvertToVector256Int16(code + 16));
            c = AvxVnni.MultiplyWideningAndAdd(c, Vector256.Load(query + 32), Avx2.ConvertToVector256Int16(code + 32));
            d = AvxVnni.MultiplyWideningAndAdd(d, Vector256.Load(query + 48), Avx2.ConvertToVector256Int16(code + 48));
        }

        return Vector256.Sum((a + b) + (c + d));
    }
}
