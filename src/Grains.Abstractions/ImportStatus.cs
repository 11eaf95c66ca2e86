namespace ImageSearch;

/// <summary>The state of an import.</summary>
[GenerateSerializer]
public enum ImportState
{
    /// <summary>Its list is still being sent.</summary>
    Receiving,

    /// <summary>Its pictures are being imported.</summary>
    Running,

    /// <summary>All of its pictures are stored or recorded as failed.</summary>
    Finished,

    /// <summary>A client cancelled it. Imported pictures stay in the table.</summary>
    Cancelled,

    /// <summary>It can't continue: its table was dropped or replaced.</summary>
    Failed,
}

/// <summary>The status of an import.</summary>
/// <param name="Id">The import.</param>
/// <param name="Table">The table to which it adds.</param>
/// <param name="State">Its state.</param>
/// <param name="Items">Pictures in its list.</param>
/// <param name="Stored">Pictures stored so far.</param>
/// <param name="Failed">Pictures that failed so far.</param>
/// <param name="Fault">Why it failed as a whole; null if it did not.</param>
/// <param name="Began">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Ended">When it ended; null if it has not.</param>
[GenerateSerializer, Immutable]
public sealed record ImportStatus(
    string Id, TableName Table, ImportState State, long Items, long Stored, long Failed, string? Fault, string Began, string? Ended);

/// <summary>A picture that could not be imported.</summary>
/// <param name="Line">Its line number in the list, from 1.</param>
/// <param name="Key">Its key.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">Why, and what to do.</param>
[GenerateSerializer, Immutable]
public sealed record ImportFailure(long Line, string? Key, FailureCode Code, string Message);
