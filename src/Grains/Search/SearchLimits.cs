namespace ImageSearch.Grains.Search;

/// <summary>When a search for items changes its method.</summary>
internal sealed record SearchLimits
{
    /// <summary>A filter with at most this many rows is searched among them alone. To read 2,000 ids takes about 2 ms.</summary>
    public int SmallSet { get; init; } = 2_000;

    /// <summary>Rows that a walk tests before it ends with the set of all rows that match. To test a row takes about 5 µs, an id of a set 1 µs.</summary>
    public int WalkRows { get; init; } = 4_000;

    /// <summary>The largest set of ids that is read from the catalog's indexes.</summary>
    public int LargeSet { get; init; } = 1_000_000;

    /// <summary>Maximum number of values of a group field that are listed to find the groups which a walk has not met.</summary>
    public int ListedValues { get; init; } = 1_000;
}
