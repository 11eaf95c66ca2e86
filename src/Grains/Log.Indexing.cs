using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <content>Indexing.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.FeatureUnusable, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    public static partial void FeatureUnusable(this ILogger logger, TableName table, long id, string reason);

    [LoggerMessage(
        EventId = EventIds.IndexingProgress, Level = LogLevel.Information,
        Message = "Table {Table}: {Rows} of {Total} rows read from the catalog, {Rate:F0} per second, about {SecondsLeft:F0} s left")]
    public static partial void IndexingProgress(
        this ILogger logger, TableName table, long rows, long total, double rate, double secondsLeft);

    [LoggerMessage(
        EventId = EventIds.RowsIndexed, Level = LogLevel.Information,
        Message = "Table {Table}: {Rows} rows indexed from the catalog in {Seconds:F1} s, {Rate:F0} per second")]
    public static partial void RowsIndexed(this ILogger logger, TableName table, long rows, double seconds, double rate);

    [LoggerMessage(
        EventId = EventIds.TableReconciled, Level = LogLevel.Information,
        Message = "Table {Table}: of {Rows} rows in the catalog {Missing} are missing in the index; {Removed} outdated rows were removed from it")]
    public static partial void TableReconciled(this ILogger logger, TableName table, long rows, long missing, long removed);

    [LoggerMessage(
        EventId = EventIds.ChangesMissed, Level = LogLevel.Information,
        Message = "Table {Table}: changes were missed; comparing it with the catalog")]
    public static partial void ChangesMissed(this ILogger logger, TableName table);

    [LoggerMessage(
        EventId = EventIds.ChangedFeatureUnusable, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} has no usable feature: {Reason}")]
    public static partial void ChangedFeatureUnusable(this ILogger logger, TableName table, long id, string reason);

    [LoggerMessage(EventId = EventIds.ChangesNotRead, Level = LogLevel.Error, Message = "Can't read changes of other processes; trying again")]
    public static partial void ChangesNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = EventIds.ChangesNotApplied, Level = LogLevel.Error,
        Message = "Table {Table}: can't apply changes of other processes; trying again")]
    public static partial void ChangesNotApplied(this ILogger logger, TableName table, Exception exception);

    [LoggerMessage(
        EventId = EventIds.VectorStoreUnreachable, Level = LogLevel.Error,
        Message = "Pictures are stored but not indexed, and searches fail: {Reason}")]
    public static partial void VectorStoreUnreachable(this ILogger logger, string reason);

    [LoggerMessage(
        EventId = EventIds.VectorStoreRecovered, Level = LogLevel.Information, Message = "The vector store answers again; indexing what it lacks")]
    public static partial void VectorStoreRecovered(this ILogger logger);

    [LoggerMessage(
        EventId = EventIds.TableNotReconciled, Level = LogLevel.Warning,
        Message = "Table {Table}: the vector store is behind the catalog; trying again: {Reason}")]
    public static partial void TableNotReconciled(this ILogger logger, TableName table, string reason);

    [LoggerMessage(
        EventId = EventIds.OrphansNotSwept, Level = LogLevel.Warning,
        Message = "Can't remove dropped tables from the vector store yet: {Reason}")]
    public static partial void OrphansNotSwept(this ILogger logger, string reason);

    [LoggerMessage(
        EventId = EventIds.ReconcilerFailed, Level = LogLevel.Error, Message = "Can't reconcile the vector store with the catalog; trying again")]
    public static partial void ReconcilerFailed(this ILogger logger, Exception exception);
}
