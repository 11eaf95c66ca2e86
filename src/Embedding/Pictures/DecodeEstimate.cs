namespace ImageSearch.Embedding.Pictures;

/// <summary>How much memory decoding a picture takes at most, told by its header.</summary>
internal static class DecodeEstimate
{
    /// <summary>The estimate in bytes.</summary>
    internal static long Bytes(PictureHeader header) => Fixed + header.Type switch
    {
        PictureType.Jpeg when header.IsInterlaced => header.Pixels * 6,
        PictureType.Png when header.IsInterlaced => header.Pixels * header.BytesPerPixel,
        PictureType.WebP => header.Pixels * 8,
        PictureType.Gif => header.Pixels * 12,
        PictureType.Avif => header.Pixels * 16,
        PictureType.Tiff => header.Pixels * header.BytesPerPixel * 2,
        _ => (long)header.StoredWidth * header.BytesPerPixel * RowsKept,
    };

    private const long Fixed = 1 << 20;
    private const int RowsKept = 512;
}
