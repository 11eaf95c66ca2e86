using System.Buffers.Binary;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Recognizes picture types that are not accepted, to tell the sender what to do.</summary>
internal static class ForeignType
{
    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    /// <summary>Returns a clause about the type; null if it is unknown.</summary>
    internal static string? Describe(ReadOnlySpan<byte> file)
    {
        if (IsHeic(file)) return "HEIC pictures (of iPhones) are not accepted, because their decoder is encumbered by patents: have the app or browser convert them";
        if (file.StartsWith("BM"u8) && file.Length >= 26) return "BMP pictures are not accepted: save them as PNG";
        if (file.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0]) || file.StartsWith((ReadOnlySpan<byte>)[0, 0, 2, 0])) return "icons (ICO, CUR) are not accepted";
        if (file.StartsWith("\0\0\0\u000CjP  "u8) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51])) return "JPEG 2000 pictures are not accepted";
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || file.StartsWith("\0\0\0\u000CJXL "u8)) return "JPEG XL pictures are not accepted";
        if (file.StartsWith("8BPS"u8)) return "Photoshop files are not accepted: export the picture";
        if (file.StartsWith("%PDF"u8)) return "PDF files are not accepted: send the picture that is in it";
        if (file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8)) return "BigTIFF pictures are not accepted";
        return null;
    }

    // ISO media files start with an "ftyp" box of brands, four letters each, the main brand first.
    private static bool IsHeic(ReadOnlySpan<byte> file)
    {
        if (file.Length < 16 || !file[4..8].SequenceEqual("ftyp"u8)) return false;
        var end = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(file), 16, (uint)Math.Min(file.Length, 256));
        for (var at = 8; at + 4 <= end; at += 4)
        {
            foreach (var brand in HeicBrands)
            {
                if (System.Text.Ascii.Equals(file.Slice(at, 4), brand)) return true;
            }
        }

        return false;
    }
}
