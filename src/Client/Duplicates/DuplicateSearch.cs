namespace ImageSearch.Client.Duplicates;

/// <summary>A search for duplicates and its progress.</summary>
public sealed record DuplicateSearch
{
    /// <summary>The table.</summary>
    public string Table { get; init; } = "";

    /// <summary>How far it is.</summary>
    public DuplicateSearchState State { get; init; }

    /// <summary>The least score of two pictures that are duplicates.</summary>
    public double MinScore { get; init; }

    /// <summary>The rows of the table.</summary>
    public long Rows { get; init; }

    /// <summary>The rows that were compared.</summary>
    public long Done { get; init; }

    /// <summary>Rows per second; null if that is unknown.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>The seconds that are left; null if that is unknown.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>The groups that were found; null until it has ended.</summary>
    public long? Groups { get; init; }

    /// <summary>The items of these groups; null until it has ended.</summary>
    public long? Items { get; init; }

    /// <summary>Why it failed; null for no fault.</summary>
    public string? Fault { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? Ended { get; init; }
}
