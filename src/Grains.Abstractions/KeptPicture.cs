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

    /// <summary>Maximum bytes of a thumbnail: those of its pixels. One of 256 pixels has about 5 KB.</summary>
    public const int MaxThumbnailBytes = MaxThumbnailSide * MaxThumbnailSide * 3;

    /// <summary>What a table keeps of these; null for nothing.</summary>
    public KeptPictures? Limit(KeepPictures keeps) => keeps switch
    {
        KeepPictures.None => null,
        KeepPictures.Thumbnail => this with { Original = null },
        _ => this,
    };

    /// <summary>Bytes of both files.</summary>
    public long Bytes => (Thumbnail?.Bytes.Length ?? 0) + (long)(Original?.Bytes.Length ?? 0);
}

/// <summary>What is kept of the picture of a row's version.</summary>
/// <param name="Id">The row.</param>
/// <param name="Version">The version of the row that has the picture.</param>
/// <param name="Thumbnail">The thumbnail; null for none.</param>
/// <param name="HasOriginal">Whether the original is kept.</param>
[GenerateSerializer, Immutable]
public sealed record RowFiles(long Id, int Version, KeptPicture? Thumbnail, bool HasOriginal);

/// <summary>The lengths of files that are stored one after the other: a thumbnail, then an original.</summary>
/// <param name="Thumbnail">Bytes of the thumbnail; 0 for none.</param>
/// <param name="Original">Bytes of the original; 0 for none.</param>
[GenerateSerializer, Immutable]
public sealed record KeptLengths(int Thumbnail, int Original);

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
