using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding.Pictures;

/// <summary>Opens a picture with the loader of its type. Opening reads the header; pixels are decoded on demand.</summary>
internal static class PictureFile
{
    private const Enums.Access Access = Enums.Access.Sequential;

    /// <summary>Opens the first frame.</summary>
    /// <param name="type">The type by the file's signature.</param>
    /// <param name="pinned">The file, pinned for as long as the picture is used.</param>
    /// <param name="shrink">How much the loader shrinks it while decoding.</param>
    /// <param name="failOn">What the loader fails on: by default truncation and errors, but not warnings.</param>
    /// <exception cref="VipsException">
    /// The header is damaged. The message is meaningless: it comes from the error buffer of the whole process.
    /// </exception>
    internal static Image Open(PictureType type, ReadOnlySpan<byte> pinned, LoadShrink shrink, Enums.FailOn failOn = Enums.FailOn.Error)
    {
        using var source = PinnedSource.Of(pinned);
        return type switch
        {
            PictureType.Jpeg => Image.JpegloadSource(source, shrink: shrink.JpegDivisor, access: Access, failOn: failOn),
            PictureType.Png => Image.PngloadSource(source, access: Access, failOn: failOn),
            PictureType.WebP => Image.WebploadSource(source, scale: shrink.WebPScale, access: Access, failOn: failOn),
            PictureType.Gif => Image.GifloadSource(source, access: Access, failOn: failOn),
            PictureType.Tiff => Image.TiffloadSource(source, access: Access, failOn: failOn),
            PictureType.Avif => Image.HeifloadSource(source, access: Access, failOn: failOn),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };
    }
}
