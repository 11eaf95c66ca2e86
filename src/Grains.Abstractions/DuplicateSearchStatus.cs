namespace ImageSearch;

/// <summary>The state of a search for duplicates.</summary>
[GenerateSerializer]
public enum DuplicateSearchState
{
    /// <summary>A search of another table runs in the process; this one is next.</summary>
    Waiting,

    /// <summary>Rows are being compared.</summary>
    Running,

    /// <summary>All rows are compared; the groups can be read.</summary>
    Finished,

    /// <summary>It was cancelled by a client, by the drop of the table, or because its silo stopped.</summary>
    Cancelled,

    /// <summary>It can't continue; the fault says why.</summary>
    Failed,
}

/// <summary>The status of a search for duplicates.</summary>
/// <param name="MinScore">The least score of a pair.</param>
/// <param name="State">Its state.</param>
/// <param name="Rows">Rows to compare.</param>
/// <param name="Done">Rows that are compared.</param>
/// <param name="RowsPerSecond">Rows per second since it runs; 0 before it does.</param>
/// <param name="Groups">Groups that it found; null before its end.</param>
/// <param name="Items">Items in these groups; null before its end.</param>
/// <param name="Fault">Why it failed; null if it did not.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it ended; null if it has not.</param>
[GenerateSerializer, Immutable]
public sealed record DuplicateSearchStatus(
    float MinScore, DuplicateSearchState State, long Rows, long Done, double RowsPerSecond, long? Groups, long? Items, string? Fault,
    DateTimeOffset Began, DateTimeOffset? Ended);
