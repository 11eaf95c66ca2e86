using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Limits the outer boxes of an AVIF. The description of its pictures has a few hundred bytes; the decoder creates an object for each
/// entry.
/// </summary>
internal static class AvifStructure
{
    private const int MaxBoxes = 64;
    private const int MaxDescription = 256 * 1024;

    /// <summary>Checks the outer boxes.</summary>
    internal static Failure? Check(ReadOnlySpan<byte> file)
    {
        var (at, boxes) = (0L, 0);
        while (at + 8 <= file.Length)
        {
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            var name = file.Slice((int)at + 4, 4);
            if (++boxes > MaxBoxes) return Rejected("boxes");
            // 0 means up to the end of the file, 1 that a 64-bit length follows.
            if (length == 0) length = file.Length - at;
            if (length == 1)
                length = at + 16 > file.Length ? 0 : (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(file[(int)(at + 8)..]), int.MaxValue);
            if (length < 8) return null;
            if (length > MaxDescription && (name.SequenceEqual("meta"u8) || name.SequenceEqual("moov"u8))) return Rejected("entries");
            at += length;
        }

        return null;
    }

    private static Failure Rejected(string what) =>
        new(FailureCode.PictureCorrupt, $"the AVIF file has more {what} than any encoder writes; save it again");
}
