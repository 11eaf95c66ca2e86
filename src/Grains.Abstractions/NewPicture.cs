namespace ImageSearch;

/// <summary>The shop's texts for a picture.</summary>
/// <param name="Tags">The label, at most 32 characters; null if not given.</param>
/// <param name="Brief">The summary, at most 500 characters; null if not given.</param>
/// <param name="Key">The shop's key of the picture; null if not given.</param>
/// <param name="FilePath">The location of the picture at the shop; null if not given.</param>
[GenerateSerializer, Immutable]
public sealed record PictureTexts(string? Tags = null, string? Brief = null, string? Key = null, string? FilePath = null)
{
    /// <summary>Maximum length of <see cref="Tags"/>, in Unicode characters (the width of the documented column).</summary>
    public const int MaxTagsLength = 32;

    /// <summary>Maximum length of <see cref="Brief"/>, in Unicode characters (the width of the documented column).</summary>
    public const int MaxBriefLength = 500;

    /// <summary>Maximum length of <see cref="Key"/>, in Unicode characters.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>Maximum length of <see cref="FilePath"/>, in Unicode characters.</summary>
    public const int MaxFilePathLength = 1000;

    /// <summary>Maximum length of <see cref="ProductId"/>, in Unicode characters.</summary>
    public const int MaxProductIdLength = 255;

    /// <summary>Maximum length of <see cref="Attributes"/>, in bytes of UTF-8.</summary>
    public const int MaxAttributesBytes = 16 * 1024;

    /// <summary>The shop's id of the product that the picture shows; null if not given.</summary>
    [Id(4)]
    public string? ProductId { get; init; }

    /// <summary>
    /// A JSON object of the table's attributes, in the order of its schema, without white space and nulls; null if there are none. Dates are
    /// <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.
    /// </summary>
    [Id(5)]
    public string? Attributes { get; init; }
}

/// <summary>A picture to add to a table.</summary>
/// <param name="Vectors">The picture's vectors.</param>
/// <param name="Texts">The shop's texts.</param>
/// <param name="ReplaceSameKey">True: replaces a row with the same key and keeps its id. False: several rows may have the key.</param>
/// <param name="Generation">Adds to this generation of the table only; null for the current one.</param>
[GenerateSerializer, Immutable]
public sealed record NewPicture(PictureVectors Vectors, PictureTexts Texts, bool ReplaceSameKey = false, long? Generation = null)
{
    /// <summary>
    /// Maximum pictures that are added in one call. They are one commit, for which other writes wait: about 15 ms with vectors of 1,280
    /// values.
    /// </summary>
    public const int MaxPerAdd = 256;
}

/// <summary>A change of a row. Null keeps a value.</summary>
/// <param name="Id">The row.</param>
/// <param name="Vectors">The new picture's vectors.</param>
/// <param name="Texts">The new texts; each null keeps the old text.</param>
[GenerateSerializer, Immutable]
public sealed record PictureChange(long Id, PictureVectors? Vectors, PictureTexts Texts);
