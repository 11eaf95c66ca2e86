using ImageSearch.Embedding.Pictures;
using ImageSearch.Embedding.Vips;
using NetVips;

namespace ImageSearch.Embedding;

/// <summary>Thumbnails as JPEG, for programs that read no WebP.</summary>
public static class JpegThumbnail
{
    private const int Quality = 85;
    private const double White = 255;

    /// <summary>Encodes a thumbnail as JPEG, without metadata.</summary>
    /// <param name="file">A thumbnail that a service sent. Nothing of it is decoded unless <see cref="KeptPictureCheck.Thumbnail"/> accepts it.</param>
    public static Result<byte[]> Of(ReadOnlyMemory<byte> file)
    {
        if (!KeptPictureCheck.Thumbnail(file).TryGet(out _, out var failure)) return failure;
        VipsLibrary.EnsureStarted();
        using var scope = new VipsScope();
        try
        {
            var image = scope.Keep(Image.WebploadBuffer(file.ToArray(), failOn: Enums.FailOn.Error));
            return image.JpegsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None, background: [White, White, White]);
        }
        catch (VipsException)
        {
            return PictureFailure.Unreadable(PictureType.WebP, file.Span);
        }
    }
}
