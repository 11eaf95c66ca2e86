using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>The outer boxes of an AVIF. What describes its pictures is some hundred bytes; its decoder makes an object of each entry.</summary>
internal static class AvifStructure
{
    private const int MaxBoxes = 64;
    private const int MaxDescription = 256 * 1024;

    /// <summary>Walks the outer boxes.</summary>
    internal static Failure? Check(ReadOnlySpan<byte> file)
    {
        var (at, boxes) = (0L, 0);
        while (at + 8 <= file.Length)
        {
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            var name = file.Slice((int)at + 4, 4);
            if (++boxes > MaxBoxes) return Refused("boxes");
            // 0 says "to the end of the file", 1 that a 64-bit length follows.
            if (length == 0) length = file.Length - at;
            if (length == 1)
                length = at + 16 > file.Length ? 0 : (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(file[(int)(at + 8)..]), int.MaxValue);
            if (length < 8) return null;
            if (length > MaxDescription && (name.SequenceEqual("meta"u8) || name.SequenceEqual("moov"u8))) return Refused("entries");
            at += length;
        }

        return null;
    }

    private static Failure Refused(string what) =>
        new(FailureCode.PictureCorrupt, $"the AVIF file has more {what} than any encoder writes; save it anew");
}
