namespace ImageSearch.Embedding.Pictures;

/// <summary>The limits of a header, checked before any pixel is decoded.</summary>
/// <param name="maxMegapixels">Greatest width times height, in millions. Setting MAX_MEGAPIXELS.</param>
/// <param name="memoryMegabytes">Memory for decoding, in MiB. Setting DECODE_MEMORY_MB.</param>
internal sealed class DecodeLimits(int maxMegapixels, int memoryMegabytes)
{
    /// <summary>The longest side, in pixels: the limit of JPEG.</summary>
    internal const int MaxSide = 65_535;

    /// <summary>Checks a header.</summary>
    /// <returns>The failure, or null if the picture is within the limits.</returns>
    internal Failure? Check(PictureHeader header)
    {
        if (Math.Max(header.Width, header.Height) > MaxSide)
        {
            return new Failure(
                FailureCode.PictureSideTooLong,
                $"the picture is {header.Width} x {header.Height} pixels; a side may have at most {MaxSide}, send it smaller");
        }

        if (header.Pixels > maxMegapixels * 1_000_000L)
        {
            return new Failure(
                FailureCode.PictureTooLarge,
                $"the picture has {Size(header)}; at most {maxMegapixels} are accepted, send it smaller or raise MAX_MEGAPIXELS");
        }

        var megabytes = DecodeEstimate.Bytes(header) >> 20;
        return megabytes > memoryMegabytes
            ? new Failure(
                FailureCode.PictureTooLargeToDecodeWhole,
                $"{Kind(header)} of {Size(header)} needs {megabytes} MB to decode; at most {memoryMegabytes} are allowed, "
                + $"{Advice(header)} or raise DECODE_MEMORY_MB")
            : null;
    }

    private static string Size(PictureHeader header) =>
        string.Create(null, $"{header.Width} x {header.Height} = {header.Pixels / 1e6:0.0} megapixels");

    private static string Kind(PictureHeader header) => (header.Type, header.IsInterlaced) switch
    {
        (PictureType.Jpeg, true) => "a progressive JPEG",
        (PictureType.Png, true) => "an interlaced PNG",
        (PictureType.Avif, _) => "an AVIF picture",
        var (type, _) => $"a {PictureFailure.Name(type)} picture",
    };

    private static string Advice(PictureHeader header) => (header.Type, header.IsInterlaced) switch
    {
        (PictureType.Jpeg, true) => "send it smaller, as a baseline JPEG",
        (PictureType.Png, true) => "send it smaller, not interlaced",
        _ => "send it smaller",
    };
}
