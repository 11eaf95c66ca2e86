namespace ImageSearch;

/// <summary>The state of a backup.</summary>
[GenerateSerializer]
public enum BackupState
{
    /// <summary>It is being written.</summary>
    Running,

    /// <summary>It is complete and durable.</summary>
    Finished,

    /// <summary>A client cancelled it, or the service stopped. Nothing of it is left.</summary>
    Cancelled,

    /// <summary>It could not be written. Nothing of it is left.</summary>
    Failed,
}

/// <summary>The status of a backup.</summary>
/// <param name="Name">The backup.</param>
/// <param name="State">Its state.</param>
/// <param name="Began">When it began, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</param>
/// <param name="Ended">When it ended; null if it has not.</param>
/// <param name="Bytes">Bytes of its files so far.</param>
/// <param name="TotalBytes">Bytes of its files at the end; an estimate while it runs.</param>
/// <param name="Tables">Tables in it; null until they are counted.</param>
/// <param name="Rows">Rows of these tables; null until they are counted.</param>
/// <param name="Fault">Why it failed; null if it did not.</param>
[GenerateSerializer, Immutable]
public sealed record BackupStatus(
    BackupName Name, BackupState State, string Began, string? Ended, long Bytes, long TotalBytes, int? Tables, long? Rows, string? Fault)
{
    /// <summary>Bytes that are copied or checked per second, on average since it began; null unless it runs.</summary>
    [Id(9)]
    public double? BytesPerSecond { get; init; }

    /// <summary>Seconds until it ends, estimated; null unless it runs.</summary>
    [Id(10)]
    public double? SecondsLeft { get; init; }
}

/// <summary>Which backups are listed: newest first, those of one moment by name.</summary>
/// <param name="After">Where the page before ended; null for the first page.</param>
/// <param name="Count">Maximum number of backups, 1..<see cref="MaxCount"/>.</param>
[GenerateSerializer, Immutable]
public sealed record BackupListQuery(BackupPosition? After, int Count)
{
    /// <summary>Maximum backups on a page.</summary>
    public const int MaxCount = 1000;
}

/// <summary>The place of a backup in a list.</summary>
/// <param name="Began">When it began, as <see cref="BackupStatus.Began"/>.</param>
/// <param name="Name">Its name.</param>
[GenerateSerializer, Immutable]
public sealed record BackupPosition(string Began, string Name);

/// <summary>Some backups.</summary>
/// <param name="Backups">The backups.</param>
/// <param name="Next">What to pass for the next page; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record BackupPage(IReadOnlyList<BackupStatus> Backups, BackupPosition? Next);
