using ImageSearch.Embedding.Vips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Opens a picture with the loader of its type. Opening reads the header; pixels follow when they are asked for.</summary>
internal static class PictureFile
{
    // libvips' VipsFailOn: stop at a truncated file and at an error within, not at a warning.
    private const int FailOnError = 2;
    private const int SequentialAccess = 1;

    /// <summary>Opens the first frame.</summary>
    /// <param name="type">The type by the file's signature.</param>
    /// <param name="pinned">The file, pinned for as long as the picture is used.</param>
    /// <param name="shrink">How much smaller the loader may make it while decoding.</param>
    /// <exception cref="VipsException">The header is damaged.</exception>
    internal static VipsImage Open(PictureType type, ReadOnlySpan<byte> pinned, LoadShrink shrink)
    {
        var operation = type switch
        {
            PictureType.Jpeg => new VipsOperation("jpegload_buffer"u8).Set("shrink"u8, shrink.JpegDivisor),
            PictureType.Png => new VipsOperation("pngload_buffer"u8),
            PictureType.WebP => new VipsOperation("webpload_buffer"u8).Set("scale"u8, shrink.WebPScale),
            PictureType.Gif => new VipsOperation("gifload_buffer"u8),
            PictureType.Tiff => new VipsOperation("tiffload_buffer"u8),
            PictureType.Avif => new VipsOperation("heifload_buffer"u8),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
        return operation
            .SetPinned("buffer"u8, pinned)
            .Set("access"u8, SequentialAccess)
            .Set("fail_on"u8, FailOnError)
            .Run();
    }
}
