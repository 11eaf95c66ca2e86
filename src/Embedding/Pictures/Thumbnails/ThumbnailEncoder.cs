using System.Runtime.InteropServices;
using NetVips;

namespace ImageSearch.Embedding.Pictures.Thumbnails;

/// <summary>Encodes thumbnails as WebP.</summary>
internal static class ThumbnailEncoder
{
    /// <summary>The media type of a thumbnail.</summary>
    internal const string MediaType = "image/webp";

    private const int Quality = 75;
    private const int Effort = 0;
    private const int Bands = 3;

    /// <summary>Encodes RGB pixels.</summary>
    /// <param name="pinned">The pixels, in pinned memory.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <exception cref="VipsException">The encoder failed.</exception>
    internal static byte[] Encode(byte[] pinned, int width, int height)
    {
        var start = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        using var image = Image.NewFromMemory(start, (ulong)width * (ulong)height * Bands, width, height, Bands, Enums.BandFormat.Uchar);
        return image.WebpsaveBuffer(q: Quality, effort: Effort, keep: Enums.ForeignKeep.None);
    }
}
