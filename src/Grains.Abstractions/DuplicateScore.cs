namespace ImageSearch;

/// <summary>The score from which two pictures are duplicates: <see cref="ItemHit.Score"/> of their whole pictures.</summary>
public static class DuplicateScore
{
    /// <summary>
    /// The default. It finds near copies (compressed again, resized, bordered, marked, brighter, cropped) and joins few different pictures:
    /// docs/duplicates.md has the measurement.
    /// </summary>
    public const double Default = 0.97;

    /// <summary>The least score that a client may choose. Below it different pictures of one kind are joined to groups of thousands.</summary>
    public const double Min = 0.9;

    /// <summary>The greatest score: the same vector, but for rounding.</summary>
    public const double Max = 1;

    /// <summary>Whether a client may choose a score.</summary>
    public static bool IsValid(float score) => score is >= (float)Min and <= (float)Max;

    /// <summary>The greatest squared distance of duplicates.</summary>
    public static float MaxSquaredDistance(float minScore) => 4f * (1f - minScore);
}
