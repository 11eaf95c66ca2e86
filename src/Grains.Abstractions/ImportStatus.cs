namespace ImageSearch;

/// <summary>Where an import stands.</summary>
[GenerateSerializer]
public enum ImportState
{
    /// <summary>Its list is still being sent.</summary>
    Receiving,

    /// <summary>Its pictures are being brought in.</summary>
    Running,

    /// <summary>All of its pictures are in the table, or are told as failed.</summary>
    Finished,

    /// <summary>A client ended it; what was brought in stays.</summary>
    Cancelled,

    /// <summary>It can't go on, because its table is gone or is another one.</summary>
    Failed,
}

/// <summary>How far an import is.</summary>
/// <param name="Id">The import.</param>
/// <param name="Table">The table that it fills.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Items">Pictures in its list.</param>
/// <param name="Stored">Pictures that are in the table by now.</param>
/// <param name="Failed">Pictures that could not be taken.</param>
/// <param name="Fault">Why it failed as a whole; null where it did not.</param>
/// <param name="Began">When its first call came, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Ended">When it ended; null before.</param>
[GenerateSerializer, Immutable]
public sealed record ImportStatus(
    string Id, TableName Table, ImportState State, long Items, long Stored, long Failed, string? Fault, string Began, string? Ended);

/// <summary>A picture that could not be taken.</summary>
/// <param name="Line">Its line in the list, from 1.</param>
/// <param name="Key">Its key.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">Why, and what to do.</param>
[GenerateSerializer, Immutable]
public sealed record ImportFailure(long Line, string? Key, FailureCode Code, string Message);
