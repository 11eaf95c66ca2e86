namespace ImageSearch;

/// <summary>The texts that a row carries beside its vector.</summary>
/// <param name="Tags">The shop's label, at most 32 characters; null where none was given.</param>
/// <param name="Brief">The shop's summary, at most 500 characters; null where none was given.</param>
/// <param name="Key">The shop's own key of the picture; null where none was given.</param>
/// <param name="FilePath">Where the shop says the picture lies; null where it does not say.</param>
[GenerateSerializer, Immutable]
public sealed record PictureTexts(string? Tags = null, string? Brief = null, string? Key = null, string? FilePath = null)
{
    /// <summary>The longest <see cref="Tags"/>, in Unicode characters (the width of the documented column).</summary>
    public const int MaxTagsLength = 32;

    /// <summary>The longest <see cref="Brief"/>, in Unicode characters (the width of the documented column).</summary>
    public const int MaxBriefLength = 500;

    /// <summary>The longest <see cref="Key"/>, in Unicode characters.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>The longest <see cref="FilePath"/>, in Unicode characters.</summary>
    public const int MaxFilePathLength = 1000;
}

/// <summary>A picture to add to a table.</summary>
/// <param name="Vectors">What the network made of it.</param>
/// <param name="Texts">What the shop says about it.</param>
/// <param name="ReplaceSameKey">True: a row with the same key is replaced and keeps its id. False: the key may stand twice.</param>
/// <param name="Generation">Only into this one of the tables that bore the name; null: into whichever bears it now.</param>
[GenerateSerializer, Immutable]
public sealed record NewPicture(PictureVectors Vectors, PictureTexts Texts, bool ReplaceSameKey = false, long? Generation = null);

/// <summary>A change of a row. What is null keeps its value.</summary>
/// <param name="Id">The row.</param>
/// <param name="Vectors">The new picture's vectors.</param>
/// <param name="Texts">The new texts, each null to keep.</param>
[GenerateSerializer, Immutable]
public sealed record PictureChange(long Id, PictureVectors? Vectors, PictureTexts Texts);
