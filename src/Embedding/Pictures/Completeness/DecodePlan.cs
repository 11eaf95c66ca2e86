using NetVips;

namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>How a file is decoded so that missing pixels are detected. Decided by its data, before or after a first decoding.</summary>
/// <param name="FailOn">What the decoder fails on.</param>
/// <param name="IsVerified">Whether the completeness of the data is known, as far as it can be.</param>
/// <param name="Copy">The copy to decode instead of the file; null for the file itself.</param>
/// <param name="Rejection">The failure if the file is rejected, or null.</param>
internal readonly record struct DecodePlan(Enums.FailOn FailOn, bool IsVerified, byte[]? Copy = null, Failure? Rejection = null)
{
    /// <summary>
    /// Up to this size the entropy-coded data of a JPEG is walked before decoding, which proves completeness. For larger files the warnings
    /// of the decoder trigger the walk. Measured: the walk takes 0.7 ms of 27 ms of decoding and embedding for 640 x 480 pixels in 66 KB;
    /// it would take 22 ms, beside 49 ms, for 12 megapixels in 2.5 MB.
    /// </summary>
    internal const int MaxBytesWalkedFirst = 256 * 1024;

    /// <summary>Returns the plan before the first decoding.</summary>
    internal static DecodePlan Of(PictureHeader header, ReadOnlySpan<byte> file) => header.Type switch
    {
        PictureType.Jpeg when file.Length <= MaxBytesWalkedFirst => OfJpeg(file),
        PictureType.Jpeg when header.IsInterlaced => OfScanHeaders(file),
        PictureType.Jpeg => new DecodePlan(Enums.FailOn.Warning, IsVerified: false),
        PictureType.Gif when GifPixels.Missing(file) is { } code => Rejected(header.Type, code == FailureCode.PictureTruncated),
        PictureType.Gif => new DecodePlan(Enums.FailOn.None, IsVerified: true),
        _ => new DecodePlan(Enums.FailOn.Error, IsVerified: false, CopyToOpen(header.Type, file)),
    };

    /// <summary>
    /// Returns the copy to open instead of the file, or null. The decoder of WebP does not start on a file that is shorter than it
    /// declares.
    /// </summary>
    internal static byte[]? CopyToOpen(PictureType type, ReadOnlySpan<byte> file) =>
        type == PictureType.WebP && WebPCopy.IsTruncated(file) ? WebPCopy.Of(file) : null;

    /// <summary>Returns the plan after a decoder failed or may have warned; null if a second decoding can tell no more.</summary>
    internal static DecodePlan? Retry(PictureType type, ReadOnlySpan<byte> file) => type switch
    {
        PictureType.Jpeg when OfJpeg(file) is { FailOn: not Enums.FailOn.Warning } plan => plan,
        PictureType.Png when PngCopy.Of(file) is { } copy => new DecodePlan(Enums.FailOn.Error, IsVerified: true, copy),
        _ => null,
    };

    private static DecodePlan OfScanHeaders(ReadOnlySpan<byte> file) => new JpegWalk(null).Check(file, headersOnly: true) switch
    {
        JpegVerdict.Truncated => Rejected(PictureType.Jpeg, isTruncated: true),
        JpegVerdict.Damaged => Rejected(PictureType.Jpeg, isTruncated: false),
        _ => new DecodePlan(Enums.FailOn.Warning, IsVerified: false),
    };

    private static DecodePlan OfJpeg(ReadOnlySpan<byte> file)
    {
        var pieces = new List<JpegPiece>();
        return new JpegWalk(pieces).Check(file) switch
        {
            JpegVerdict.Complete => new DecodePlan(Enums.FailOn.Error, IsVerified: true),
            JpegVerdict.CompleteButMalformed => new DecodePlan(Enums.FailOn.Error, IsVerified: true, JpegCopy.Of(file, pieces)),
            JpegVerdict.Truncated => Rejected(PictureType.Jpeg, isTruncated: true),
            JpegVerdict.Damaged => Rejected(PictureType.Jpeg, isTruncated: false),
            _ => new DecodePlan(Enums.FailOn.Warning, IsVerified: true),
        };
    }

    private static DecodePlan Rejected(PictureType type, bool isTruncated) =>
        new(Enums.FailOn.Error, IsVerified: true, null, isTruncated ? PictureFailure.Truncated(type) : PictureFailure.Damaged(type));
}
