using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql;

/// <summary>What the MySQL catalog logs; event ids 2200..2299.</summary>
internal static partial class MySqlLog
{
    [LoggerMessage(2200, LogLevel.Information, "Catalog open: {Place}, server {Version}, schema {Schema}, {Tables} tables")]
    public static partial void Opened(ILogger logger, string place, string version, long schema, int tables);

    [LoggerMessage(2201, LogLevel.Information, "Catalog closed after {Commits} commits")]
    public static partial void Closed(ILogger logger, long commits);

    [LoggerMessage(2202, LogLevel.Error, "A commit of {Count} writes failed; none of them is stored")]
    public static partial void CommitFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(2203, LogLevel.Error, "The database went away during a commit of {Count} writes; whether they are stored is not known")]
    public static partial void OutcomeUnknown(ILogger logger, int count, Exception exception);

    [LoggerMessage(2204, LogLevel.Information, "Table {Table} is removed")]
    public static partial void DropEnded(ILogger logger, string table);

    [LoggerMessage(2205, LogLevel.Warning, "Leftovers of ended processes could not be cleared; it is tried again later")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(2206, LogLevel.Warning, "The database failed (try {Attempt}, error {Number}): {Reason}")]
    public static partial void TriedAgain(ILogger logger, int attempt, int number, string reason);

    [LoggerMessage(2207, LogLevel.Information, "Table {Table} is taken over as it stands; added columns: {Columns}")]
    public static partial void Adopted(ILogger logger, string table, string columns);

    [LoggerMessage(2208, LogLevel.Warning, "The half-made table {Table} of a process that ended is forgotten")]
    public static partial void CreationForgotten(ILogger logger, string table);
}
