namespace ImageSearch.Client.Backups;

/// <summary>A backup and its progress.</summary>
public sealed record Backup
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>How far it is.</summary>
    public BackupState State { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Began { get; init; }

    /// <summary>When it ended; null if it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The bytes that are copied.</summary>
    public long Bytes { get; init; }

    /// <summary>The bytes to copy.</summary>
    public long TotalBytes { get; init; }

    /// <summary>The tables in it; null until it is finished.</summary>
    public long? Tables { get; init; }

    /// <summary>The rows in it; null until it is finished.</summary>
    public long? Rows { get; init; }

    /// <summary>Why it failed; null for no fault.</summary>
    public string? Fault { get; init; }

    /// <summary>The bytes that are copied or checked per second; null if that is unknown.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>The seconds that are left; null if that is unknown.</summary>
    public double? SecondsLeft { get; init; }
}
