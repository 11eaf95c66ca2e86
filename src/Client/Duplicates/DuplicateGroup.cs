using ImageSearch.Client.Items;

namespace ImageSearch.Client.Duplicates;

/// <summary>Items whose pictures are the same or almost.</summary>
public sealed record DuplicateGroup
{
    /// <summary>The number of items.</summary>
    public long Count { get; init; }

    /// <summary>The score of the two pictures that are least alike. Chains connect, so it may be below the least score of the search.</summary>
    public double LowestScore { get; init; }

    /// <summary>The score of the two pictures that are most alike.</summary>
    public double HighestScore { get; init; }

    /// <summary>The items by id: the first 1,000.</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];
}
