using ImageSearch.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains;

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
            for (var i = 0; i < tables.Count; i++)
            {
                var name = tables[i].Generation.Name;
                var opened = await grains.GetGrain<IDatasetGrain>(name.Value).DescribeAsync(stoppingToken);
                if (opened.Failure is { } failure) LogFailed(name, failure.Message);
                else LogOpened(name, i + 1, tables.Count);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (CatalogException e)
        {
            LogCatalogFault(e);
        }
    }

    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "Table {Table} is searchable ({Opened} of {Tables})")]
    private partial void LogOpened(TableName table, int opened, int tables);

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "Table {Table} is not searchable: {Reason}")]
    private partial void LogFailed(TableName table, string reason);

    [LoggerMessage(EventId = 222, Level = LogLevel.Error, Message = "The tables can't be listed; each opens at its first call")]
    private partial void LogCatalogFault(Exception exception);
}
