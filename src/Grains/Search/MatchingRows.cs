using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Search;

/// <summary>Finds the rows that match a filter in the catalog, where the nearest rows are not enough.</summary>
internal sealed class MatchingRows(IItemCatalog items, TableGeneration table, SearchStages stages, TableScans scans)
{
    private const int PageRows = 1_000;

    private static readonly FilterField ById = new(FieldKind.Id, AttributeType.Number);

    /// <summary>The ids of matching rows and maybe others, from the catalog's indexes.</summary>
    /// <returns>The ids; null if there are more than the limit, or if no index helps.</returns>
    public async Task<IReadOnlyList<long>?> SelectAsync(Filter filter, int limit, CancellationToken cancellationToken) =>
        (await stages.MeasureAsync(SearchStage.Filter, () => items.SelectIdsAsync(table, filter, limit, cancellationToken))).OrThrow();

    /// <summary>Reads all rows by page, and returns those that match: the last resort, in time proportional to the table.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="select">A further test of each row.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<IReadOnlyList<long>> ScanAsync(Filter? filter, Func<Item, bool> select, CancellationToken cancellationToken) =>
        scans.RunAsync(() => ReadAllAsync(filter, select, cancellationToken), cancellationToken);

    /// <summary>The values of a field, each by one seek in the field's index.</summary>
    /// <param name="field">product_id or an indexed attribute.</param>
    /// <param name="max">Maximum number of values.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>All values; null if there are more, or if the index is being built.</returns>
    public async Task<IReadOnlyList<FilterValue>?> ListValuesAsync(FilterField field, int max, CancellationToken cancellationToken)
    {
        var values = new List<FilterValue>();
        ItemPosition? after = null;
        while (values.Count <= max)
        {
            var read = await ListAsync(field, null, after, 1, cancellationToken);
            if (read.Failure?.Code == FailureCode.Busy) return null;
            var page = read.OrThrow();
            // Rows without a value come last.
            if (page.Items.Count == 0 || ItemFieldValue.Of(page.Items[0], field) is not { } value) return values;
            values.Add(value);
            if (page.Next is not { } next) return values;
            after = next with { Id = long.MaxValue };
        }

        return null;
    }

    private async Task<IReadOnlyList<long>> ReadAllAsync(Filter? filter, Func<Item, bool> select, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        ItemPosition? after = null;
        do
        {
            var page = (await ListAsync(ById, filter, after, PageRows, cancellationToken)).OrThrow();
            foreach (var item in page.Items)
            {
                if (select(item)) ids.Add(item.Id);
            }

            after = page.Next;
        }
        while (after is not null);
        return ids;
    }

    private Task<Result<ItemPage>> ListAsync(
        FilterField order, Filter? filter, ItemPosition? after, int count, CancellationToken cancellationToken) =>
        stages.MeasureAsync(
            SearchStage.Filter, () => items.ListItemsAsync(table, order, descending: false, filter, after, count, cancellationToken));
}
