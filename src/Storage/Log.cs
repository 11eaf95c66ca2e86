using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage;

/// <summary>Log messages of the catalogs and the embedded vector store.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.SqliteCatalogOpened, Level = LogLevel.Information,
        Message = "Catalog open: {Path}, SQLite {Version}, schema {Schema}, {Tables} tables")]
    public static partial void SqliteCatalogOpened(this ILogger logger, string path, string version, long schema, int tables);

    [LoggerMessage(EventId = EventIds.SqliteCatalogClosed, Level = LogLevel.Information,
        Message = "Catalog closed after {Commits} commits")]
    public static partial void SqliteCatalogClosed(this ILogger logger, long commits);

    [LoggerMessage(EventId = EventIds.SqliteCommitFailed, Level = LogLevel.Error,
        Message = "A commit of {Count} writes failed; none of them is stored")]
    public static partial void SqliteCommitFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = EventIds.SqliteWriteFailed, Level = LogLevel.Error,
        Message = "A write failed; the other writes of its commit are not affected")]
    public static partial void SqliteWriteFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.DroppedRowsRemoved, Level = LogLevel.Information,
        Message = "Removed the rows of dropped table {Table}")]
    public static partial void DroppedRowsRemoved(this ILogger logger, TableGeneration table);

    [LoggerMessage(EventId = EventIds.DropPaused, Level = LogLevel.Warning,
        Message = "Removing the rows of a dropped table failed; it continues after the next write or start")]
    public static partial void DropPaused(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.CheckpointFailed, Level = LogLevel.Warning,
        Message = "The write-ahead log could not be merged into catalog.db; the next start merges it")]
    public static partial void CheckpointFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.SqliteReadFailed, Level = LogLevel.Error, Message = "A read failed")]
    public static partial void SqliteReadFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.LayoutUpgradeStarted, Level = LogLevel.Information,
        Message = "Moving {Tables} tables to the layout of this version, once; the disk needs free space for a copy of the largest table, and stopping is safe at any time")]
    public static partial void LayoutUpgradeStarted(this ILogger logger, long tables);

    [LoggerMessage(EventId = EventIds.LayoutUpgradeProgress, Level = LogLevel.Information,
        Message = "Moved {Moved} of {Tables} tables, {Rows} rows so far")]
    public static partial void LayoutUpgradeProgress(this ILogger logger, long moved, long tables, long rows);

    [LoggerMessage(EventId = EventIds.LayoutUpgradeEnded, Level = LogLevel.Information,
        Message = "Moved {Tables} tables with {Rows} rows in {Seconds:F1} s")]
    public static partial void LayoutUpgradeEnded(this ILogger logger, long tables, long rows, double seconds);

    [LoggerMessage(EventId = EventIds.RowsMissing, Level = LogLevel.Error,
        Message = "Table {Table} had lost its rows before it was moved; restore a backup of the data folder, or add its pictures again")]
    public static partial void RowsMissing(this ILogger logger, TableGeneration table);

    [LoggerMessage(EventId = EventIds.WriteAheadLogSaved, Level = LogLevel.Critical,
        Message = "The write-ahead log was removed from the data folder or replaced while the service was running. Its contents are saved in catalog.db; keep other programs out of the data folder")]
    public static partial void WriteAheadLogSaved(this ILogger logger);

    [LoggerMessage(EventId = EventIds.CatalogFilesGone, Level = LogLevel.Critical, Message = "No writes are being stored: {Reason}")]
    public static partial void CatalogFilesGone(this ILogger logger, string reason);

    [LoggerMessage(EventId = EventIds.IndexingPaused, Level = LogLevel.Warning,
        Message = "Indexing attributes failed; it continues after the next write or start, and filters read more rows until it has ended")]
    public static partial void IndexingPaused(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.MySqlCatalogOpened, Level = LogLevel.Information,
        Message = "Catalog open: {Place}, server {Version}, schema {Schema}, {Tables} tables")]
    public static partial void MySqlCatalogOpened(this ILogger logger, string place, string version, long schema, int tables);

    [LoggerMessage(EventId = EventIds.MySqlCatalogClosed, Level = LogLevel.Information, Message = "Catalog closed after {Commits} commits")]
    public static partial void MySqlCatalogClosed(this ILogger logger, long commits);

    [LoggerMessage(EventId = EventIds.MySqlCommitFailed, Level = LogLevel.Error,
        Message = "A commit of {Count} writes failed; none of them is stored")]
    public static partial void MySqlCommitFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = EventIds.CommitOutcomeUnknown, Level = LogLevel.Error,
        Message = "The database connection was lost during a commit of {Count} writes; it is not known whether they are stored")]
    public static partial void CommitOutcomeUnknown(this ILogger logger, int count, Exception exception);

    [LoggerMessage(EventId = EventIds.TableRemoved, Level = LogLevel.Information, Message = "Removed table {Table}")]
    public static partial void TableRemoved(this ILogger logger, TableGeneration table);

    [LoggerMessage(EventId = EventIds.SweepFailed, Level = LogLevel.Warning,
        Message = "Leftovers of processes that ended could not be removed; trying again later")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.IndexingFailed, Level = LogLevel.Warning,
        Message = "Indexing attributes failed; it is tried again later, and filters read more rows until it has ended")]
    public static partial void IndexingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.TableIndexingFailed, Level = LogLevel.Warning,
        Message = "Indexing attributes of table {Table} failed; it is tried again later, and filters of the table read more rows until it has ended")]
    public static partial void TableIndexingFailed(this ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(EventId = EventIds.KeyAdded, Level = LogLevel.Information, Message = "Added a key on {Column} to table {Table}")]
    public static partial void KeyAdded(this ILogger logger, string column, TableGeneration table);

    [LoggerMessage(EventId = EventIds.Retrying, Level = LogLevel.Warning,
        Message = "The database failed (attempt {Attempt}, error {Number}): {Reason}")]
    public static partial void Retrying(this ILogger logger, int attempt, int number, string reason);

    [LoggerMessage(EventId = EventIds.TableAdopted, Level = LogLevel.Information,
        Message = "Adopted existing table {Table}; added columns: {Columns}")]
    public static partial void TableAdopted(this ILogger logger, string table, string columns);

    [LoggerMessage(EventId = EventIds.CreationAbandoned, Level = LogLevel.Warning,
        Message = "Discarded the incomplete table {Table} of a process that ended")]
    public static partial void CreationAbandoned(this ILogger logger, TableGeneration table);

    [LoggerMessage(EventId = EventIds.SnapshotRejected, Level = LogLevel.Warning,
        Message = "Table {Table}: the index on disk is not used and is rebuilt from the catalog: {Reason}")]
    public static partial void SnapshotRejected(this ILogger logger, TableGeneration table, string reason);

    [LoggerMessage(EventId = EventIds.IndexSaveFailed, Level = LogLevel.Error,
        Message = "Table {Table}: the index can't be written and stays in memory; searches continue and no row is lost. Free some space on the disk of DATA_PATH, and check that the service's user has write access")]
    public static partial void IndexSaveFailed(this ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(EventId = EventIds.TableLargerThanLimit, Level = LogLevel.Warning,
        Message = "Table {Table} takes {Megabytes} MB of memory, more than INDEX_MEMORY_MB = {Limit} allows for all tables together. It stays in memory, and the other tables are loaded and evicted with each use: raise INDEX_MEMORY_MB")]
    public static partial void TableLargerThanLimit(this ILogger logger, TableGeneration table, long megabytes, long limit);

    [LoggerMessage(EventId = EventIds.IndexFolderNotRemoved, Level = LogLevel.Warning,
        Message = "Table {Table} is dropped, but its folder could not be removed; the next start tries again")]
    public static partial void IndexFolderNotRemoved(this ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(EventId = EventIds.ClosedUnsaved, Level = LogLevel.Warning,
        Message = "{Tables} indexes could not be written within the shutdown limit of {Seconds} s; the next start compares them with the catalog")]
    public static partial void ClosedUnsaved(this ILogger logger, int tables, double seconds);

    [LoggerMessage(EventId = EventIds.LinkingProgress, Level = LogLevel.Information,
        Message = "Table {Table}: {Linked} vectors linked, {Waiting} to go, {Rate:F0} per second, about {SecondsLeft:F0} s left")]
    public static partial void LinkingProgress(this ILogger logger, TableGeneration table, int linked, int waiting, double rate, double secondsLeft);

    [LoggerMessage(EventId = EventIds.LinkingEnded, Level = LogLevel.Information,
        Message = "Table {Table}: all {Linked} vectors linked, in {Seconds:F0} s")]
    public static partial void LinkingEnded(this ILogger logger, TableGeneration table, int linked, double seconds);

    [LoggerMessage(EventId = EventIds.IndexUpkeepFailed, Level = LogLevel.Error,
        Message = "Table {Table}: work on its index failed and is tried again in a minute; it stays searchable, but slower. Check that there is enough memory and disk space")]
    public static partial void IndexUpkeepFailed(this ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(EventId = EventIds.IndexSaved, Level = LogLevel.Debug, Message = "Table {Table}: index written, {Rows} rows")]
    public static partial void IndexSaved(this ILogger logger, TableGeneration table, int rows);
}
