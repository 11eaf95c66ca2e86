using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Tables;

/// <summary>
/// Opens all tables after startup, one after another, so that the first search of a table seldom waits for its vectors to load. A table
/// that is called earlier is opened by that call.
/// </summary>
public sealed class TableWarmup(ICatalog catalog, IGrainFactory grains, ILogger<TableWarmup> logger) : BackgroundService
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
                if (await OpenAsync(table.Generation.Name, stoppingToken)) logger.TableWarm(table.Generation.Name, ++searchable, tables.Count);
            }

            logger.WarmupEnded(searchable, tables.Count);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (CatalogException e)
        {
            logger.TablesNotListed(e);
        }
    }

    private async Task<bool> OpenAsync(TableName name, CancellationToken cancellationToken)
    {
        try
        {
            var opened = await grains.GetGrain<ITableGrain>(name.Value).DescribeAsync(cancellationToken);
            if (opened.Failure is { } failure) logger.TableNotWarm(name, failure.Message);
            return opened.Failure is null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One broken table must not prevent the others, or the service, from starting.
            logger.TableWarmupFailed(name, e);
            return false;
        }
    }
}
