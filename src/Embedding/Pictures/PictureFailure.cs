namespace ImageSearch.Embedding.Pictures;

/// <summary>The failures of files that do not decode.</summary>
internal static class PictureFailure
{
    internal static Failure Truncated(PictureType type) =>
        new(FailureCode.PictureTruncated, $"the {Name(type)} file ends before its picture does; send the whole file");

    internal static Failure Damaged(PictureType type) =>
        new(FailureCode.PictureCorrupt, $"the {Name(type)} file is damaged and can't be decoded; open and save it again");

    /// <summary>The failure of a file that the decoder rejected: truncated or damaged.</summary>
    internal static Failure Unreadable(PictureType type, ReadOnlySpan<byte> file) =>
        FileEnd.LacksEnd(type, file) ? Truncated(type) : Damaged(type);

    /// <summary>The usual spelling of the type.</summary>
    internal static string Name(PictureType type) => type switch
    {
        PictureType.Jpeg => "JPEG",
        PictureType.Png => "PNG",
        PictureType.Gif => "GIF",
        PictureType.Tiff => "TIFF",
        PictureType.Avif => "AVIF",
        _ => "WebP",
    };
}
