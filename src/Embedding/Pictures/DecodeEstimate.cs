namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// Estimates the greatest memory use of a picture from its header. Measured as the growth of the process, in bytes per pixel: progressive
/// JPEG 6.1 (3.2 with subsampled chroma), lossless WebP 4.1, twice that for a frame of an animation, GIF 4.5, AVIF 16, interlaced PNG the
/// size of its pixels. Formats that are decoded row by row keep up to 650 rows.
/// </summary>
internal static class DecodeEstimate
{
    private const long BaseBytes = 1 << 20;
    private const int BufferedRows = 700;

    /// <summary>Returns the estimate in bytes, without the file.</summary>
    internal static long Bytes(PictureHeader header)
    {
        var decoded = header.Pixels * header.BytesPerPixel;
        var rows = Math.Min(decoded, (long)header.StoredWidth * header.BytesPerPixel * BufferedRows);
        return BaseBytes + header.Type switch
        {
            PictureType.Jpeg => rows + (header.IsInterlaced ? header.Pixels * 2 * Math.Max(3, header.BytesPerPixel) : 0),
            PictureType.Png => rows + (header.IsInterlaced ? decoded : 0),
            PictureType.WebP => header.Pixels * (header.IsAnimated ? 9 : 5),
            PictureType.Gif => rows + (header.Pixels * 5),
            PictureType.Avif => header.Pixels * 16,
            _ => rows + decoded,
        };
    }

    /// <summary>Returns the greatest memory for reading a header, in bytes: a reduced copy of the file, its profile and EXIF.</summary>
    internal static long HeaderBytes(int fileLength) => BaseBytes + (2L * fileLength);
}
