using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSearch.Embedding.Pictures.Thumbnails.WebP;

/// <summary>Swaps rows and columns of both blocks of a <see cref="BlockPair"/>, each by itself.</summary>
internal static class Transposition
{
    /// <summary>Transposes four rows of a pair.</summary>
    internal static void Apply(ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c, ref Vector256<float> d)
    {
        var (w, x, y, z) = (a.AsInt32(), b.AsInt32(), c.AsInt32(), d.AsInt32());
        Apply(ref w, ref x, ref y, ref z);
        (a, b, c, d) = (w.AsSingle(), x.AsSingle(), y.AsSingle(), z.AsSingle());
    }

    /// <summary>Transposes four rows of a pair.</summary>
    internal static void Apply(ref Vector256<int> a, ref Vector256<int> b, ref Vector256<int> c, ref Vector256<int> d)
    {
        if (!Avx2.IsSupported)
        {
            (a, b, c, d) = (Column(0, a, b, c, d), Column(1, a, b, c, d), Column(2, a, b, c, d), Column(3, a, b, c, d));
            return;
        }

        var (lowAb, highAb) = (Avx2.UnpackLow(a, b).AsInt64(), Avx2.UnpackHigh(a, b).AsInt64());
        var (lowCd, highCd) = (Avx2.UnpackLow(c, d).AsInt64(), Avx2.UnpackHigh(c, d).AsInt64());
        a = Avx2.UnpackLow(lowAb, lowCd).AsInt32();
        b = Avx2.UnpackHigh(lowAb, lowCd).AsInt32();
        c = Avx2.UnpackLow(highAb, highCd).AsInt32();
        d = Avx2.UnpackHigh(highAb, highCd).AsInt32();
    }

    private static Vector256<int> Column(int at, Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d) =>
        Vector256.Create(a[at], b[at], c[at], d[at], a[BlockPair.Size + at], b[BlockPair.Size + at], c[BlockPair.Size + at], d[BlockPair.Size + at]);
}
