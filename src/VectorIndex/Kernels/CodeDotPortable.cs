using System.Numerics;

namespace ImageSearch.VectorIndex.Kernels;

/// <summary>Portable SIMD by <see cref="Vector{T}"/>, for processors without a kernel of their own.</summary>
internal static unsafe class CodeDotPortable
{
    public static int Of(short* query, sbyte* code, int length)
    {
        int width = Vector<sbyte>.Count;
        Vector<int> a = default, b = default;
        for (sbyte* end = code + length; code < end; code += width, query += width)
        {
            Vector.Widen(Vector.Load(code), out Vector<short> low, out Vector<short> high);
            Add(Vector.Load(query), low, ref a, ref b);
            Add(Vector.Load(query + (width / 2)), high, ref a, ref b);
        }

        return Vector.Sum(a + b);
    }

    private static void Add(Vector<short> query, Vector<short> code, ref Vector<int> a, ref Vector<int> b)
    {
        Vector.Widen(query, out Vector<int> queryLow, out Vector<int> queryHigh);
        Vector.Widen(code, out Vector<int> codeLow, out Vector<int> codeHigh);
        a += queryLow * codeLow;
        b += queryHigh * codeHigh;
    }
}
