using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Recognizes ICC profiles that are equivalent to sRGB, by their numbers. Most cameras and programs embed one. Converting with it changes
/// nothing and takes longer than decoding a small picture.
/// </summary>
internal static class SrgbProfile
{
    private const int HeaderLength = 128;
    private const int TagLength = 12;
    private const double ColorantTolerance = 0.002;
    private const double CurveTolerance = 0.006;

    // The primaries as in profiles, relative to D50.
    private static readonly (uint Tag, double X, double Y, double Z)[] Colorants =
    [
        (Name("rXYZ"u8), 0.4361, 0.2225, 0.0139), (Name("gXYZ"u8), 0.3851, 0.7169, 0.0971), (Name("bXYZ"u8), 0.1431, 0.0606, 0.7141),
    ];

    private static readonly uint[] Curves = [Name("rTRC"u8), Name("gTRC"u8), Name("bTRC"u8)];

    /// <summary>Whether the profile is equivalent to sRGB; false if it is not understood.</summary>
    internal static bool Is(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < HeaderLength + 4 || !profile[16..20].SequenceEqual("RGB "u8) || !profile[20..24].SequenceEqual("XYZ "u8)) return false;
        // A lookup table takes precedence over the matrix.
        if (!Find(profile, Name("A2B0"u8)).IsEmpty) return false;
        foreach (var (tag, x, y, z) in Colorants)
        {
            var value = Find(profile, tag);
            if (value.Length < 20 || !Near(value, 8, x) || !Near(value, 12, y) || !Near(value, 16, z)) return false;
        }

        foreach (var tag in Curves)
        {
            if (!SrgbCurve.Is(Find(profile, tag), CurveTolerance)) return false;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> profile, uint name)
    {
        var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(profile[HeaderLength..]), 100);
        for (var i = 0; i < count; i++)
        {
            var at = HeaderLength + 4 + (i * TagLength);
            if (at + TagLength > profile.Length) return default;
            if (BinaryPrimitives.ReadUInt32BigEndian(profile[at..]) != name) continue;
            var (offset, length) = ((long)BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 4)..]), BinaryPrimitives.ReadUInt32BigEndian(profile[(at + 8)..]));
            return offset + length <= profile.Length ? profile.Slice((int)offset, (int)length) : default;
        }

        return default;
    }

    private static bool Near(ReadOnlySpan<byte> value, int at, double expected) =>
        Math.Abs((BinaryPrimitives.ReadInt32BigEndian(value[at..]) / 65536.0) - expected) < ColorantTolerance;

    private static uint Name(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);
}
