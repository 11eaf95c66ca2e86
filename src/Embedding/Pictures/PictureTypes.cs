namespace ImageSearch.Embedding.Pictures;

/// <summary>The types of pictures that are accepted.</summary>
internal static class PictureTypes
{
    /// <summary>Returns the type by the file's first bytes, or why it is not accepted.</summary>
    internal static Result<PictureType> Find(ReadOnlySpan<byte> file, EmbeddingOptions options)
    {
        if (PictureSignature.Find(file) is not { } type) return Unknown(ForeignType.Describe(file) ?? "the bytes are not a picture", options);
        if (type == PictureType.Tiff && !options.AllowTiff) return Unknown("TIFF pictures are not accepted here", options);
        if (type == PictureType.Avif && !options.AllowAvif) return Unknown("AVIF pictures are not accepted here", options);
        return FileEnd.IsTruncated(type, file) ? PictureFailure.Truncated(type) : type;
    }

    private static Failure Unknown(string fact, EmbeddingOptions options)
    {
        string[] types =
        [
            "JPEG", "PNG", "WebP", "GIF", .. options.AllowTiff ? ["TIFF"] : Array.Empty<string>(), .. options.AllowAvif ? ["AVIF"] : Array.Empty<string>(),
        ];
        return new Failure(FailureCode.PictureTypeUnknown, $"{fact}; send {string.Join(", ", types[..^1])} or {types[^1]}");
    }
}
