using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Limits the structure of a file before libvips reads it. Decoders walk all frames and texts of a file although only one picture is
/// needed, some with a list entry for each or in quadratic time: 380,000 frames of WebP (19 MB) took minutes, 4.7 million JPEG markers took
/// 1.3 GB. Such a file is not rejected: its decoder gets a copy without the pieces that it does not need.
/// </summary>
internal static class EssentialFile
{
    /// <summary>Walks the file once, in linear time and constant memory.</summary>
    /// <param name="type">The type by signature.</param>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="maxDropped">Greatest number of pieces that are not needed.</param>
    /// <param name="copy">A copy to decode instead, to be disposed of; null if the file itself is decoded.</param>
    /// <returns>The failure, or null.</returns>
    /// <exception cref="TooManyPiecesException">There are more; millions of them take 0.1 s.</exception>
    internal static Failure? Of(PictureType type, ReadOnlySpan<byte> file, int maxDropped, out PictureBuffer? copy)
    {
        copy = null;
        return type switch
        {
            PictureType.Jpeg => JpegStructure.Reduce(file, maxDropped, out copy),
            PictureType.Png => PngStructure.Reduce(file, maxDropped, out copy),
            PictureType.WebP => WebPStructure.Reduce(file, maxDropped, out copy),
            PictureType.Gif => GifStructure.Reduce(file, maxDropped, out copy),
            PictureType.Tiff => TiffStructure.Check(file),
            PictureType.Avif => AvifStructure.Check(file),
            _ => null,
        };
    }
}
