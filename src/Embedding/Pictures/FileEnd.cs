using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Whether a file ends before its picture does, told by the lengths that the file itself states. Decoders alone do not tell: one that
/// needs only the first frame or has all rows does not miss the rest.
/// </summary>
internal static class FileEnd
{
    /// <summary>Whether a chunk, block or box runs past the end. False for types without stated lengths: their decoders find out.</summary>
    internal static bool IsCutOff(PictureType type, ReadOnlySpan<byte> file) => type switch
    {
        PictureType.Png => PngChunks(file, out _),
        PictureType.WebP => file.Length < 12 || BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) > (uint)file.Length - 8,
        PictureType.Gif => GifBlocks(file),
        PictureType.Avif => Boxes(file),
        _ => false,
    };

    /// <summary>Of a file that a decoder refused: whether it lacks its end, else it is damaged within.</summary>
    internal static bool LacksEnd(PictureType type, ReadOnlySpan<byte> file) => type switch
    {
        PictureType.Jpeg => !file.TrimEnd((byte)0).EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]),
        PictureType.Png => PngChunks(file, out var ended) || !ended,
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
            at += length;
        }

        return at > file.Length;
    }

    private static bool GifBlocks(ReadOnlySpan<byte> file)
    {
        const byte Image = 0x2C, Extension = 0x21;
        if (file.Length < 13) return true;
        var at = 13 + ColourTable(file[10]);
        while (at < file.Length)
        {
            switch (file[at])
            {
                case Extension:
                    at += 2;
                    break;
                case Image:
                    if (at + 10 > file.Length) return true;
                    // The descriptor, its colour table and the code size.
                    at += 10 + ColourTable(file[at + 9]) + 1;
                    break;
                default:
                    return false; // the trailer, or junk that decoders pass over
            }

            while (at < file.Length && file[at] != 0) at += file[at] + 1;
            at++;
        }

        // Equal: all blocks are whole and only the trailer is missing, which is seen in the wild.
        return at > file.Length;
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
