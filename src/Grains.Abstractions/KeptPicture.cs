namespace ImageSearch;

/// <summary>What is to be kept of a picture with its row.</summary>
/// <param name="Thumbnail">A WebP of at most <see cref="MaxThumbnailSide"/> pixels on its longer side, upright and sRGB; null for none.</param>
/// <param name="Original">
/// The file; null for none. The embedder sets its media type only, because the caller has the bytes: <see cref="PictureVectors.WithOriginal"/>
/// adds them. An original without bytes is not stored.
/// </param>
[GenerateSerializer, Immutable]
public sealed record KeptPictures(KeptPicture? Thumbnail, KeptPicture? Original)
{
    /// <summary>The longer side of a thumbnail, in pixels, at most.</summary>
    public const int MaxThumbnailSide = 256;

    /// <summary>Bytes of both files.</summary>
    public long Bytes => (Thumbnail?.Bytes.Length ?? 0) + (long)(Original?.Bytes.Length ?? 0);
}

/// <summary>A picture's file.</summary>
/// <param name="MediaType">Its media type, by its content.</param>
/// <param name="Bytes">The file.</param>
[GenerateSerializer, Immutable]
public sealed record KeptPicture(string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>A file that is kept of a picture.</summary>
[GenerateSerializer]
public enum PictureKind
{
    /// <summary>The thumbnail.</summary>
    Thumbnail,

    /// <summary>The file as it was sent.</summary>
    Original,
}
