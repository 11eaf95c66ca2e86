using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Pictures.Structure;

namespace ImageSearch.Embedding;

/// <summary>
/// Checks files that a client brings to be kept beside vectors. Their bytes decide what they are. Nothing is decoded, and no native library
/// reads them.
/// </summary>
/// <param name="options">The types of pictures that are accepted.</param>
public sealed class KeptPictureCheck(EmbeddingOptions options)
{
    /// <summary>Checks a thumbnail: a WebP of one frame, within the limits of those that the service makes.</summary>
    /// <param name="file">The file.</param>
    public static Result<KeptPicture> Thumbnail(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.Length > KeptPictures.MaxThumbnailBytes) return TooLarge($"the thumbnail has {bytes.Length} bytes");
        if (PictureSignature.Find(bytes) != PictureType.WebP) return new Failure(FailureCode.PictureTypeUnknown, "the thumbnail is not a WebP; leave it out, or send one of an export");
        if (!StillWebP.SizeOf(bytes).TryGet(out var size, out var failure)) return failure with { Message = $"the thumbnail: {failure.Message}" };
        return Math.Max(size.Width, size.Height) > KeptPictures.MaxThumbnailSide
            ? TooLarge($"the thumbnail has {size.Width} x {size.Height} pixels")
            : new KeptPicture(PictureMediaType.Of(PictureType.WebP), file);
    }

    /// <summary>Checks an original, by its type.</summary>
    /// <param name="file">The file.</param>
    public Result<KeptPicture> Original(ReadOnlyMemory<byte> file) =>
        PictureTypes.Find(file.Span, options).TryGet(out var type, out var failure)
            ? new KeptPicture(PictureMediaType.Of(type), file)
            : failure with { Message = $"the picture: {failure.Message}" };

    private static Failure TooLarge(string fact) => new(
        FailureCode.PictureTooLarge,
        $"{fact}, at most {KeptPictures.MaxThumbnailBytes} bytes and {KeptPictures.MaxThumbnailSide} x {KeptPictures.MaxThumbnailSide} pixels are kept; send a smaller one");
}
