using ImageSearch.Memory;

namespace ImageSearch.Embedding.Pictures.Structure;

/// <summary>
/// Bounds a file's structure before libvips sees it. Decoders walk all of a file's frames and texts though one picture is wanted, some with
/// a list for each or in quadratic time: 380,000 frames of WebP (19 MB) took minutes, 4.7 million markers of JPEG 1.3 GB. Such a file is
/// not refused: its decoder gets a copy without what it does not need.
/// </summary>
internal static class EssentialFile
{
    /// <summary>Walks the file once, in linear time and constant memory.</summary>
    /// <param name="type">Its type by its signature.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="mostDropped">How many pieces that are not needed the file may have.</param>
    /// <param name="copy">What to decode instead, to be disposed of; null where the file is decoded as it is.</param>
    /// <returns>Why the file is refused, or null.</returns>
    /// <exception cref="ManyPiecesException">There are more of these; millions of them take a tenth of a second.</exception>
    internal static Failure? Of(PictureType type, ReadOnlySpan<byte> file, int mostDropped, out PictureBuffer? copy)
    {
        copy = null;
        return type switch
        {
            PictureType.Jpeg => JpegStructure.Reduce(file, mostDropped, out copy),
            PictureType.Png => PngStructure.Reduce(file, mostDropped, out copy),
            PictureType.WebP => WebPStructure.Reduce(file, mostDropped, out copy),
            PictureType.Gif => GifStructure.Reduce(file, mostDropped, out copy),
            PictureType.Tiff => TiffStructure.Check(file),
            PictureType.Avif => AvifStructure.Check(file),
            _ => null,
        };
    }
}
