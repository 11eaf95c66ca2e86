using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Sqlite;

/// <summary>What the SQLite catalog logs; event ids 2100..2199.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(2100, LogLevel.Information, "Catalog open: {Path}, SQLite {Version}, schema {Schema}, {Tables} tables")]
    public static partial void Opened(ILogger logger, string path, string version, long schema, int tables);

    [LoggerMessage(2101, LogLevel.Information, "Catalog closed after {Commits} commits")]
    public static partial void Closed(ILogger logger, long commits);

    [LoggerMessage(2102, LogLevel.Error, "A commit of {Count} writes failed; none of them is stored")]
    public static partial void CommitFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(2103, LogLevel.Error, "A write failed; the others of its commit are not touched")]
    public static partial void WriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2104, LogLevel.Information, "Rows of the dropped table {Table} are removed")]
    public static partial void DropEnded(ILogger logger, string table);

    [LoggerMessage(2105, LogLevel.Warning, "Removing rows of a dropped table failed; it goes on after the next write or start")]
    public static partial void DropPaused(ILogger logger, Exception exception);

    [LoggerMessage(2106, LogLevel.Warning, "The write-ahead log could not be merged into catalog.db; the next start does so")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception);

    [LoggerMessage(2107, LogLevel.Error, "A read failed")]
    public static partial void ReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(2112, LogLevel.Critical,
        "The write-ahead log was removed from the data folder or replaced while the service ran. What it held is saved in catalog.db; keep other programs off the data folder")]
    public static partial void LogSaved(ILogger logger);

    [LoggerMessage(2113, LogLevel.Critical, "No write is stored any more: {Reason}")]
    public static partial void FilesGone(ILogger logger, string reason);

    [LoggerMessage(2108, LogLevel.Information,
        "{Tables} tables are moved to the layout of this version, once; the disk needs room for the largest one again, and a stop is safe at any moment")]
    public static partial void MoveBegins(ILogger logger, long tables);

    [LoggerMessage(2109, LogLevel.Information, "{Moved} of {Tables} tables are moved, {Rows} rows so far")]
    public static partial void Moving(ILogger logger, long moved, long tables, long rows);

    [LoggerMessage(2110, LogLevel.Information, "{Tables} tables with {Rows} rows were moved in {Seconds:F1} s")]
    public static partial void MoveEnded(ILogger logger, long tables, long rows, double seconds);

    [LoggerMessage(2111, LogLevel.Error, "Table {Table} had lost its rows before it was moved; restore a backup of the data folder, or add its pictures again")]
    public static partial void RowsMissing(ILogger logger, string table);
}
