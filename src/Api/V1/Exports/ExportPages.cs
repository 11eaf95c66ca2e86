namespace ImageSearch.Api.V1.Exports;

/// <summary>
/// The items of a table in order of id, page by page. An item that is there all the time is in exactly one page; one that is added or
/// deleted during the export may be in one.
/// </summary>
internal sealed class ExportPages(ITableItemsGrain items, ItemListQuery query)
{
    private const int MaxPageBytes = 2 << 20;

    // The texts of an item at their maximum lengths, in UTF-8.
    private const int MaxTextBytes = 24 * 1024;

    private ItemPosition? _next;

    /// <summary>Whether the page that was read last is the last one.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>The pages of a table.</summary>
    /// <param name="items">The table.</param>
    /// <param name="filter">A filter that items match; null for all.</param>
    /// <param name="dimension">The number of values of its vectors; null to leave them out.</param>
    public static ExportPages Of(ITableItemsGrain items, string? filter, int? dimension)
    {
        var bytes = MaxTextBytes + (2L * sizeof(float) * (dimension ?? 0));
        var count = (int)Math.Clamp(MaxPageBytes / bytes, 1, ItemListQuery.MaxCount);
        return new ExportPages(items, new ItemListQuery(filter, "id", Descending: false, After: null, count, dimension is not null));
    }

    /// <summary>Reads the next page, of at most about 2 MB.</summary>
    public async Task<Result<IReadOnlyList<Item>>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!(await items.ListItemsAsync(query with { After = _next }, cancellationToken)).TryGet(out var page, out var failure)) return failure;
        (_next, IsEnd) = (page.Next, page.Next is null);
        return query.WithVectors ? await CompleteAsync(page.Items, cancellationToken) : Result.Success(page.Items);
    }

    // A picture that was changed between the reads of the item and of its vectors has none here: the item is read once more.
    private async Task<Result<IReadOnlyList<Item>>> CompleteAsync(IReadOnlyList<Item> page, CancellationToken cancellationToken)
    {
        if (page.All(item => item.Vectors is not null)) return Result.Success(page);
        var complete = new List<Item>(page.Count);
        foreach (var item in page)
        {
            if (item.Vectors is not null)
            {
                complete.Add(item);
                continue;
            }

            var read = await items.GetItemAsync(new ItemReference(null, item.Id), withVectors: true, cancellationToken);
            if (read.TryGet(out var again, out var failure)) complete.Add(again);
            else if (failure.Code != FailureCode.ItemNotFound) return failure;
        }

        return complete;
    }
}
