using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Opens every table after the start, one after another, so that the first search of a table seldom has to wait for its vectors to be
/// read. A table that is asked for meanwhile is opened by that call.
/// </summary>
public sealed partial class TableWarmup(ICatalog catalog, IGrainFactory grains, ILogger<TableWarmup> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var tables = await catalog.ListTablesAsync(stoppingToken);
            var searchable = 0;
            foreach (var table in tables)
            {
                if (await OpenAsync(table.Generation.Name, stoppingToken)) LogOpened(table.Generation.Name, ++searchable, tables.Count);
            }

            LogEnded(searchable, tables.Count);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (CatalogException e)
        {
            LogCatalogFault(e);
        }
    }

    private async Task<bool> OpenAsync(TableName name, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await grains.GetGrain<ITableGrain>(name.Value).DescribeAsync(cancellationToken);
            if (opened.Failure is { } failure) LogFailed(name, failure.Message);
            return opened.Failure is null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One table that can't be opened must not keep the others, or the service, from starting.
            LogFault(name, e);
            return false;
        }
    }

    [LoggerMessage(EventId = 223, Level = LogLevel.Information, Message = "{Searchable} of {Tables} tables are searchable")]
    private partial void LogEnded(int searchable, int tables);

    [LoggerMessage(EventId = 224, Level = LogLevel.Error, Message = "Table {Table} is not searchable")]
    private partial void LogFault(TableName table, Exception exception);

    [LoggerMessage(EventId = 220, Level = LogLevel.Debug, Message = "Table {Table} is searchable ({Opened} of {Tables})")]
    private partial void LogOpened(TableName table, int opened, int tables);

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "Table {Table} is not searchable: {Reason}")]
    private partial void LogFailed(TableName table, string reason);

    [LoggerMessage(EventId = 222, Level = LogLevel.Error, Message = "The tables can't be listed; each opens at its first call")]
    private partial void LogCatalogFault(Exception exception);
}
