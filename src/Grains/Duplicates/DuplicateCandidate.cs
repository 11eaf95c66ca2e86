namespace ImageSearch.Grains.Duplicates;

/// <summary>A picture to add that is compared with those of the table.</summary>
/// <param name="Vector">The vector of the whole picture.</param>
/// <param name="Replaced">The item that it replaces, if it is there; it is no duplicate of that. Null: it replaces none.</param>
/// <param name="Rule">What happens to a duplicate.</param>
/// <param name="MinScore">The score from which it is one.</param>
internal sealed record DuplicateCandidate(ReadOnlyMemory<float> Vector, ItemReference? Replaced, DuplicateRule Rule, float MinScore)
{
    /// <summary>
    /// Whether the item under its key, or its absence, decides that the add changes nothing, before a duplicate does; null: never.
    /// </summary>
    public Func<Item?, bool>? YieldsTo { get; init; }

    /// <summary>The greatest squared distance of a duplicate.</summary>
    public float MaxSquaredDistance => DuplicateScore.MaxSquaredDistance(MinScore);

    /// <summary>Whether an item is the one that the picture replaces.</summary>
    public bool Replaces(Item item) =>
        Replaced is { } replaced && (replaced.Key is { } key ? string.Equals(item.Texts.Key, key, StringComparison.Ordinal) : item.Id == replaced.Id);
}
