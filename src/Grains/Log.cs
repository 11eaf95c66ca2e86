using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

/// <summary>The log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.CatalogFailed, Level = LogLevel.Error, Message = "Table {Table}: the catalog failed")]
    public static partial void CatalogFailed(this ILogger logger, TableName table, Exception exception);

    [LoggerMessage(EventId = EventIds.VectorStoreFailed, Level = LogLevel.Error, Message = "Table {Table}: the vector store failed")]
    public static partial void VectorStoreFailed(this ILogger logger, TableName table, Exception exception);

    [LoggerMessage(EventId = EventIds.RowNotIndexed, Level = LogLevel.Warning, Message = "Table {Table}: row {Id} is stored but not indexed yet")]
    public static partial void RowNotIndexed(this ILogger logger, TableName table, long id, Exception exception);

    [LoggerMessage(
        EventId = EventIds.RowsNotIndexed, Level = LogLevel.Warning,
        Message = "Table {Table}: {Count} rows from {Id} are stored but not indexed yet")]
    public static partial void RowsNotIndexed(this ILogger logger, TableName table, int count, long id, Exception exception);

    [LoggerMessage(
        EventId = EventIds.TableReopened, Level = LogLevel.Warning,
        Message = "Table {Table} is opened again and compared with the catalog: {Reason}")]
    public static partial void TableReopened(this ILogger logger, TableName table, string reason);

    [LoggerMessage(EventId = EventIds.TableWarm, Level = LogLevel.Debug, Message = "Table {Table} is searchable ({Opened} of {Tables})")]
    public static partial void TableWarm(this ILogger logger, TableName table, int opened, int tables);

    [LoggerMessage(EventId = EventIds.TableNotWarm, Level = LogLevel.Warning, Message = "Table {Table} is not searchable: {Reason}")]
    public static partial void TableNotWarm(this ILogger logger, TableName table, string reason);

    [LoggerMessage(
        EventId = EventIds.TablesNotListed, Level = LogLevel.Error, Message = "Can't list the tables; each opens on its first call")]
    public static partial void TablesNotListed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.TablesNotRead, Level = LogLevel.Error, Message = "A list of tables failed: the catalog failed")]
    public static partial void TablesNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.WarmupEnded, Level = LogLevel.Information, Message = "{Searchable} of {Tables} tables are searchable")]
    public static partial void WarmupEnded(this ILogger logger, int searchable, int tables);

    [LoggerMessage(EventId = EventIds.TableWarmupFailed, Level = LogLevel.Error, Message = "Table {Table} is not searchable")]
    public static partial void TableWarmupFailed(this ILogger logger, TableName table, Exception exception);
}
