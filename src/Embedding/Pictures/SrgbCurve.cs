using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Recognizes the sRGB tone curve in the two encodings of curves in ICC profiles.</summary>
internal static class SrgbCurve
{
    private const int MaxEntries = 65_536;

    /// <summary>Whether a curve matches that of sRGB.</summary>
    internal static bool Is(ReadOnlySpan<byte> curve, double tolerance)
    {
        for (var x = 0.1; x < 1; x += 0.2)
        {
            var expected = Math.Pow((x + 0.055) / 1.055, 2.4);
            if (!(Math.Abs(At(curve, x) - expected) < tolerance)) return false;
        }

        return true;
    }

    private static double At(ReadOnlySpan<byte> curve, double x)
    {
        if (curve.Length < 12) return double.NaN;
        return curve[..4].SequenceEqual("curv"u8) ? Table(curve, x) : curve[..4].SequenceEqual("para"u8) ? Formula(curve, x) : double.NaN;
    }

    private static double Table(ReadOnlySpan<byte> curve, double x)
    {
        var count = BinaryPrimitives.ReadUInt32BigEndian(curve[8..]);
        if (count is < 16 or > MaxEntries || curve.Length < 12 + (count * 2)) return double.NaN;
        return BinaryPrimitives.ReadUInt16BigEndian(curve[(12 + ((int)Math.Round(x * (count - 1)) * 2))..]) / 65535.0;
    }

    // Type 3: (a x + b)^g for x from d on; all checked points are beyond d.
    private static double Formula(ReadOnlySpan<byte> curve, double x)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(curve[8..]) != 3 || curve.Length < 32) return double.NaN;
        var (gamma, a, b) = (Fixed(curve, 12), Fixed(curve, 16), Fixed(curve, 20));
        return Math.Pow((a * x) + b, gamma);
    }

    private static double Fixed(ReadOnlySpan<byte> curve, int at) => BinaryPrimitives.ReadInt32BigEndian(curve[at..]) / 65536.0;
}
