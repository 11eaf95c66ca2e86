namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// How much memory a picture takes at most, told by its header. Measured as the growth of the process, in bytes a pixel: progressive JPEG
/// 6.1 (3.2 with halved colours), lossless WebP 4.1, twice that where it is a frame of an animation, GIF 4.5, AVIF 16, interlaced PNG as its
/// pixels; what is decoded row by row keeps up to 650 rows.
/// </summary>
internal static class DecodeEstimate
{
    private const long AnyPicture = 1 << 20;
    private const int RowsKept = 700;

    /// <summary>The estimate in bytes, without the file.</summary>
    internal static long Bytes(PictureHeader header)
    {
        var decoded = header.Pixels * header.BytesPerPixel;
        var rows = Math.Min(decoded, (long)header.StoredWidth * header.BytesPerPixel * RowsKept);
        return AnyPicture + header.Type switch
        {
            PictureType.Jpeg => rows + (header.IsInterlaced ? header.Pixels * 2 * Math.Max(3, header.BytesPerPixel) : 0),
            PictureType.Png => rows + (header.IsInterlaced ? decoded : 0),
            PictureType.WebP => header.Pixels * (header.IsAnimated ? 9 : 5),
            PictureType.Gif => rows + (header.Pixels * 5),
            PictureType.Avif => header.Pixels * 16,
            _ => rows + decoded,
        };
    }

    /// <summary>What reading a header takes at most: a copy of the file without what its decoder does not need, and its profile and EXIF.</summary>
    internal static long HeaderBytes(int fileLength) => AnyPicture + (2L * fileLength);
}
