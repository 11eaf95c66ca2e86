using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>What the embedded vector store logs; event ids 2300..2399.</summary>
internal static partial class EmbeddedStoreLog
{
    [LoggerMessage(2300, LogLevel.Warning, "Table {Table}: its index on disk is not used, it is rebuilt from the catalog: {Reason}")]
    public static partial void SnapshotRefused(ILogger logger, TableGeneration table, string reason);

    [LoggerMessage(
        2301, LogLevel.Error,
        "Table {Table}: its index can't be written and stays in memory; searches go on and no row is lost. Free some space on the disk of DATA_PATH, and look that the service's user may write there")]
    public static partial void SaveFailed(ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(
        2302, LogLevel.Warning,
        "Table {Table} takes {Megabytes} MB of memory, more than INDEX_MEMORY_MB = {Limit} allows for all tables together. It stays in memory, and the other tables come and go with each use: raise INDEX_MEMORY_MB")]
    public static partial void LargerThanLimit(ILogger logger, TableGeneration table, long megabytes, long limit);

    [LoggerMessage(2303, LogLevel.Warning, "Table {Table} is dropped, but its folder could not be removed; the next start tries again")]
    public static partial void FolderStays(ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(
        2304, LogLevel.Warning,
        "{Tables} indexes could not be written within the {Seconds} s that the end may take; they are compared with the catalog at the next start")]
    public static partial void ClosedUnsaved(ILogger logger, int tables, double seconds);

    [LoggerMessage(
        2305, LogLevel.Information, "Table {Table}: {Linked} vectors linked, {Waiting} to go, {Rate:F0} a second, about {SecondsLeft:F0} s left")]
    public static partial void Linking(ILogger logger, TableGeneration table, int linked, int waiting, double rate, double secondsLeft);

    [LoggerMessage(2306, LogLevel.Information, "Table {Table}: all {Linked} vectors linked, in {Seconds:F0} s")]
    public static partial void Linked(ILogger logger, TableGeneration table, int linked, double seconds);

    [LoggerMessage(
        2307, LogLevel.Error,
        "Table {Table}: work on its index failed and is tried again in a minute; it stays searchable, though slower. Look that there is enough memory and disk")]
    public static partial void UpkeepFailed(ILogger logger, TableGeneration table, Exception exception);

    [LoggerMessage(2308, LogLevel.Debug, "Table {Table}: index written, {Rows} rows")]
    public static partial void Saved(ILogger logger, TableGeneration table, int rows);
}
