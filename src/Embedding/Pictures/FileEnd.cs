using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures.Whole;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Whether a file ends before it says it does, told by the lengths that the file itself states. That alone is no reason to refuse a
/// picture whose pixels are there, but it tells a sender what may have happened to one that lacks some.
/// </summary>
internal static class FileEnd
{
    /// <summary>Whether a box of an AVIF runs past the end. Its decoder does not tell; those of other types do, or <see cref="Whole"/> does.</summary>
    internal static bool IsCutOff(PictureType type, ReadOnlySpan<byte> file) => type == PictureType.Avif && Boxes(file);

    /// <summary>Of a file that a decoder refused: whether it lacks its end, else it is damaged within.</summary>
    internal static bool LacksEnd(PictureType type, ReadOnlySpan<byte> file) => type switch
    {
        PictureType.Jpeg => !file.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]),
        PictureType.Png => PngChunks(file, out var ended) || !ended,
        PictureType.Gif => GifPixels.Missing(file) == FailureCode.PictureTruncated,
        PictureType.WebP => WebPCopy.IsCutOff(file),
        _ => IsCutOff(type, file),
    };

    private static bool PngChunks(ReadOnlySpan<byte> file, out bool ended)
    {
        ended = false;
        var at = 8L;
        while (at + 12 <= file.Length)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            if (file.Slice((int)at + 4, 4).SequenceEqual("IEND"u8))
            {
                ended = true;
                return false;
            }

            at += 12L + length;
        }

        return at != file.Length;
    }

    private static bool Boxes(ReadOnlySpan<byte> file)
    {
        var at = 0L;
        while (at + 8 <= file.Length)
        {
            var length = (long)BinaryPrimitives.ReadUInt32BigEndian(file[(int)at..]);
            // 0 says "to the end of the file", 1 that a 64-bit length follows.
            if (length == 0) return false;
            if (length == 1)
            {
                if (at + 16 > file.Length) return true;
                length = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(file[(int)(at + 8)..]), int.MaxValue);
            }

            if (length < 8) return false;
            if (at + length > file.Length) return IsNeeded(file.Slice((int)at + 4, 4));
            at += length;
        }

        return false;
    }

    // Others may be anything that follows the picture.
    private static bool IsNeeded(ReadOnlySpan<byte> box) =>
        box.SequenceEqual("ftyp"u8) || box.SequenceEqual("meta"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("moov"u8);
}
