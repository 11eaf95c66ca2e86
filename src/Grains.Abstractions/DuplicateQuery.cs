namespace ImageSearch;

/// <summary>Which groups of duplicates to read.</summary>
/// <param name="MinScore">The least score of a pair, <see cref="DuplicateScore.Min"/> to 1.</param>
/// <param name="Count">Maximum number of groups, 1..<see cref="MaxCount"/>.</param>
/// <param name="After">Where the page before ended; null for the first page.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicateQuery(float MinScore, int Count, DuplicatePosition? After)
{
    /// <summary>Maximum number of groups of a page.</summary>
    public const int MaxCount = 100;
}

/// <summary>A place in the groups of a search.</summary>
/// <param name="Search">The search.</param>
/// <param name="Index">The number of groups before.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicatePosition(long Search, int Index);

/// <summary>A page of groups, or a search that has not ended.</summary>
/// <param name="Search">The search.</param>
/// <param name="Page">The groups; null while the search runs.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicateAnswer(DuplicateSearchStatus Search, DuplicatePage? Page);

/// <summary>Some of the groups of a search, the largest first.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicatePage(IReadOnlyList<DuplicateItems> Groups, DuplicatePosition? Next);

/// <summary>Items whose pictures are the same or almost, each connected to the others by pairs of the least score.</summary>
/// <param name="Count">Items of the group, also those that are not listed.</param>
/// <param name="LowestScore">The score of the two pictures that are least alike.</param>
/// <param name="HighestScore">The score of the two pictures that are most alike.</param>
/// <param name="Items">Its items by id, at most <see cref="MaxItems"/>.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicateItems(long Count, float LowestScore, float HighestScore, IReadOnlyList<Item> Items)
{
    /// <summary>Maximum number of items of a group that are listed and whose scores are compared.</summary>
    public const int MaxItems = 1_000;
}
