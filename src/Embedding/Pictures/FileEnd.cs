using System.Buffers.Binary;
using ImageSearch.Embedding.Pictures.Completeness;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Whether a file is truncated, according to the lengths that it declares. That alone does not reject a picture whose pixels are complete,
/// but it tells the sender why pixels may be missing.
/// </summary>
internal static class FileEnd
{
    /// <summary>
    /// Whether a box of an AVIF extends beyond the end of the file. Its decoder does not report this; for the other types the decoder or
    /// <see cref="Completeness"/> does.
    /// </summary>
    internal static bool IsTruncated(PictureType type, ReadOnlySpan<byte> file) => type == PictureType.Avif && Boxes(file);

    /// <summary>Whether a file that a decoder rejected lacks its end; otherwise it is damaged.</summary>
    internal static bool LacksEnd(PictureType type, ReadOnlySpan<byte> file) => type switch
    {
        PictureType.Jpeg => !file.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]),
        PictureType.Png => PngChunks(file, out var ended) || !ended,
        PictureType.Gif => GifPixels.Missing(file) == FailureCode.PictureTruncated,
        PictureType.WebP => WebPCopy.IsTruncated(file),
        _ => IsTruncated(type, file),
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
            // 0 means up to the end of the file, 1 that a 64-bit length follows.
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

    // Other boxes may be unrelated data after the picture.
    private static bool IsNeeded(ReadOnlySpan<byte> box) =>
        box.SequenceEqual("ftyp"u8) || box.SequenceEqual("meta"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("moov"u8);
}
