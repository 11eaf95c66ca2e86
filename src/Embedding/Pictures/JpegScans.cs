using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Counts the scans of a JPEG. A progressive file may have any number, each of which costs a pass over all of the picture's coefficients:
/// 880 of them, in 60 KB for 16 megapixels, took 9 s where the ten that encoders write take a tenth of a second.
/// </summary>
internal static class JpegScans
{
    // Encoders write 1 to about 25.
    private const int Most = 50;

    private const byte Marker = 0xFF;
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>Whether the file has more scans than any encoder writes. Walks the file's segments once.</summary>
    internal static bool AreTooMany(ReadOnlySpan<byte> file)
    {
        var scans = 0;
        var at = 2;
        while (NextMarker(file, ref at) is { } marker && marker != EndOfImage)
        {
            if (marker == StartOfScan && ++scans > Most) return true;
            if (at + 2 > file.Length) return false;
            at += BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
        }

        return false;
    }

    /// <summary>Passes over picture data and fill bytes to the next marker that begins a segment or ends the picture.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        while (at < file.Length && file[at..].IndexOf(Marker) is var found and >= 0)
        {
            at += found + 1;
            if (at >= file.Length) return null;
            var code = file[at];
            // A stuffed zero, a fill byte, and markers without a segment: TEM, RST0 to RST7 and SOI.
            if (code == Marker) continue;
            at++;
            if (code is not (0 or 1) and not (>= 0xD0 and <= 0xD8)) return code;
        }

        return null;
    }
}
