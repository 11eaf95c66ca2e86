namespace ImageSearch.Grains.Duplicates;

/// <summary>The bounds of searches for duplicates.</summary>
public sealed record DuplicateLimits
{
    /// <summary>A table with at most this many rows is searched when its groups are read.</summary>
    public int SmallTable { get; init; } = 5_000;

    /// <summary>How long a read waits for such a search before it answers with its progress.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The share of one processor that the search of a larger table takes.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>How long groups are kept after their search has ended.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Searches of one table whose groups are kept.</summary>
    public int MaxSearches { get; init; } = 4;

    /// <summary>Groups of one search that are kept.</summary>
    public int MaxGroups { get; init; } = 100_000;

    /// <summary>Rows in groups of one search that are kept: 16 bytes each.</summary>
    public int MaxRows { get; init; } = 1_000_000;

    /// <summary>Rows in groups that a process keeps for all tables: about 80 MB with the groups. The oldest search is forgotten first.</summary>
    public long MaxRowsOfProcess { get; init; } = 4_000_000;
}
