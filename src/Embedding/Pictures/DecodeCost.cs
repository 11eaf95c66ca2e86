namespace ImageSearch.Embedding.Pictures;

/// <summary>
/// How long a lane works on a picture, told by its header. Measured on one core of 3 GHz in nanoseconds a pixel and view; what matters is
/// their proportion, for waits are corrected by what pictures really took.
/// </summary>
internal static class DecodeCost
{
    private const double RunSeconds = 0.012;

    /// <summary>The estimate for these views.</summary>
    internal static TimeSpan Of(PictureHeader header, PictureViews views)
    {
        var looks = views == PictureViews.Whole ? 1 : 2;
        return TimeSpan.FromSeconds(looks * (RunSeconds + (header.Pixels * NanosecondsPerPixel(header) / 1e9)));
    }

    private static double NanosecondsPerPixel(PictureHeader header) => header.Type switch
    {
        PictureType.Jpeg => header.IsInterlaced ? 7 : 2.2,
        PictureType.Png => 9 + (3 * header.BytesPerPixel),
        PictureType.WebP => 15,
        PictureType.Gif => 12,
        PictureType.Avif => 40,
        _ => 20,
    };
}
