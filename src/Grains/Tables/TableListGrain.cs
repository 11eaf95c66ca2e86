using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Tables;

/// <summary>Lists tables.</summary>
[StatelessWorker]
public sealed class TableListGrain(IItemCatalog items, ILogger<TableListGrain> logger) : Grain, ITableListGrain
{
    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<TableStatus>>> ListAsync(string? after, int count, CancellationToken cancellationToken)
    {
        if (count is < 1 or > ITableListGrain.MaxCount)
            return new Failure(FailureCode.RequestInvalid, $"count must be 1 to {ITableListGrain.MaxCount}, not {count}");
        try
        {
            var tables = await items.ListTablesAsync(after, count, cancellationToken);
            return Result.Success<IReadOnlyList<TableStatus>>([.. tables.Select(TableGrain.StatusOf)]);
        }
        catch (CatalogException e)
        {
            logger.TablesNotRead(e);
            return e.Failure;
        }
    }
}
