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
    string Id, TableName Table, ImportState State, long Items, long Stored, long Failed, string? Fault, string Began, string? Ended)
{
    /// <summary>What it does.</summary>
    [Id(9)]
    public ImportChoices Choices { get; init; } = ImportChoices.Default;

    /// <summary>
    /// Pictures that the table had already, or almost: they are among <see cref="Failed"/> if they were rejected, and among
    /// <see cref="Stored"/> if the item that is there was kept.
    /// </summary>
    [Id(10)]
    public long Duplicates { get; init; }

    /// <summary>The answer about an import that is not there, or that the caller may not see.</summary>
    public static Failure NotFound(string id) => new(FailureCode.ImportNotFound, "there is no import with this id; an ended one is kept for a week")
    {
        Field = "id",
        Value = id,
        Bound = "the id of an import that runs or ended in the last week",
    };
}

/// <summary>What the client of an import may choose.</summary>
/// <param name="OnExistingKey">What to do with an item whose key is there; null for the table's setting.</param>
/// <param name="IsDryRun">Pictures are loaded and embedded, and nothing is stored.</param>
/// <param name="IsImmediate">The import begins while its list is still being sent.</param>
[GenerateSerializer, Immutable]
public sealed record ImportChoices(KeyRule? OnExistingKey, bool IsDryRun, bool IsImmediate)
{
    /// <summary>The choices of an import for which nobody made any.</summary>
    public static ImportChoices Default { get; } = new(null, false, false);

    /// <summary>The API key that began the import; null for the holder of TOKEN and an open service.</summary>
    [Id(3)]
    public string? Owner { get; init; }

    /// <summary>How pictures are checked for duplicates; null for the table's settings.</summary>
    [Id(4)]
    public DuplicateCheck? Duplicates { get; init; }
}

/// <summary>Some of the pictures that could not be imported.</summary>
/// <param name="Failures">The failures, in the order of the list.</param>
/// <param name="Next">What to pass for the next page; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record ImportFailurePage(IReadOnlyList<ImportFailure> Failures, int? Next);

/// <summary>A picture that could not be imported.</summary>
/// <param name="Line">Its line number in the list, from 1.</param>
/// <param name="Key">Its key.</param>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">Why, and what to do.</param>
[GenerateSerializer, Immutable]
public sealed record ImportFailure(long Line, string? Key, FailureCode Code, string Message);
