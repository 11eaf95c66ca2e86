namespace ImageSearch.Embedding.Pictures;

/// <summary>The media types of pictures.</summary>
internal static class PictureMediaType
{
    /// <summary>The media type of a type.</summary>
    internal static string Of(PictureType type) => type switch
    {
        PictureType.Jpeg => "image/jpeg",
        PictureType.Png => "image/png",
        PictureType.WebP => "image/webp",
        PictureType.Gif => "image/gif",
        PictureType.Tiff => "image/tiff",
        PictureType.Avif => "image/avif",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
