using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Detects the type of a picture by its first bytes. File names and content types are not trusted.</summary>
internal static class PictureSignature
{
    /// <summary>Returns the type, or null if it is unknown.</summary>
    internal static PictureType? Find(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return PictureType.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return PictureType.Png;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) return PictureType.Gif;
        if (file.StartsWith("RIFF"u8) && file.Length >= 12 && file[8..12].SequenceEqual("WEBP"u8)) return PictureType.WebP;
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return PictureType.Tiff;
        return IsAvif(file) ? PictureType.Avif : null;
    }

    // ISO media files start with an "ftyp" box of brands, four letters each, the main brand first.
    private static bool IsAvif(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..8].SequenceEqual("ftyp"u8)) return false;
        var box = file[..(int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(file), 16, (uint)Math.Min(file.Length, 256))];
        for (var at = 8; at + 4 <= box.Length; at += 4)
        {
            if (at != 12 && (box[at..(at + 4)].SequenceEqual("avif"u8) || box[at..(at + 4)].SequenceEqual("avis"u8))) return true;
        }

        return false;
    }
}
