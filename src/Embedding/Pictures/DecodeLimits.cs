namespace ImageSearch.Embedding.Pictures;

/// <summary>What a header may say before a single pixel is decoded.</summary>
internal static class DecodeLimits
{
    /// <summary>Width times height of any picture.</summary>
    internal const long MaxPixels = 50_000_000;

    /// <summary>The longer side, in pixels.</summary>
    internal const int MaxSide = 16_384;

    /// <summary>
    /// Width times height of a picture that can't be decoded row by row: progressive JPEG, interlaced PNG, AVIF. Measured: an AVIF takes
    /// 16 bytes a pixel, so a file of 1.3 KB can ask for a gigabyte.
    /// </summary>
    internal const long MaxPixelsDecodedWhole = 16_000_000;

    /// <summary>Checks a header.</summary>
    /// <returns>Why the picture is refused, or null.</returns>
    internal static Failure? Check(PictureHeader header)
    {
        if (Math.Max(header.Width, header.Height) > MaxSide)
        {
            return new Failure(
                FailureCode.PictureSideTooLong,
                $"the picture is {header.Width} x {header.Height} pixels; a side may have at most {MaxSide}, send it smaller");
        }

        if (header.Pixels > MaxPixels)
        {
            return new Failure(
                FailureCode.PictureTooLarge,
                $"the picture has {Size(header)}; at most {MaxPixels / 1_000_000} are taken, send it smaller");
        }

        return header.IsDecodedWhole && header.Pixels > MaxPixelsDecodedWhole
            ? new Failure(
                FailureCode.PictureTooLargeToDecodeWhole,
                $"{Kind(header.Type)} of {Size(header)} must be decoded whole; at most {MaxPixelsDecodedWhole / 1_000_000} are taken, {Advice(header.Type)}")
            : null;
    }

    private static string Size(PictureHeader header) =>
        string.Create(null, $"{header.Width} x {header.Height} = {header.Pixels / 1e6:0.0} megapixels");

    private static string Kind(PictureType type) => type switch
    {
        PictureType.Jpeg => "a progressive JPEG",
        PictureType.Png => "an interlaced PNG",
        _ => "an AVIF picture",
    };

    private static string Advice(PictureType type) => type switch
    {
        PictureType.Jpeg => "send it smaller or as a baseline JPEG",
        PictureType.Png => "send it smaller or not interlaced",
        _ => "send it smaller",
    };
}
