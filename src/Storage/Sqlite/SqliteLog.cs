using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage;

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

    [LoggerMessage(2108, LogLevel.Information, "Table {Table} gets an index of its rows' versions, once; a million rows take about a minute")]
    public static partial void IndexMissing(ILogger logger, string table);
}
