namespace ImageSearch.Api.V1.Exports;

/// <summary>
/// The items of a table in order of id, page by page. An item that is there all the time is in exactly one page; one that is added or
/// deleted during the export may be in one.
/// </summary>
internal sealed class ExportPages(ITableItemsGrain items, ItemListQuery query, ExportPictures? pictures)
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
    /// <param name="pictures">Its kept pictures; null to leave them out.</param>
    public static ExportPages Of(ITableItemsGrain items, string? filter, int? dimension, ExportPictures? pictures = null)
    {
        var bytes = MaxTextBytes + (2L * sizeof(float) * (dimension ?? 0));
        var count = (int)Math.Clamp(MaxPageBytes / bytes, 1, ItemListQuery.MaxCount);
        return new ExportPages(items, new ItemListQuery(filter, "id", Descending: false, After: null, count, dimension is not null), pictures);
    }

    /// <summary>Reads the next page, of at most about 2 MB without thumbnails.</summary>
    public async Task<Result<IReadOnlyList<ExportedRow>>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!(await items.ListItemsAsync(query with { After = _next }, cancellationToken)).TryGet(out var page, out var failure)) return failure;
        (_next, IsEnd) = (page.Next, page.Next is null);
        var complete = query.WithVectors ? await CompleteAsync(page.Items, cancellationToken) : Result.Success(page.Items);
        if (!complete.TryGet(out var rows, out failure)) return failure;
        if (pictures is null || rows.Count == 0) return Result.Success<IReadOnlyList<ExportedRow>>([.. rows.Select(item => new ExportedRow(item, null))]);
        return await WithPicturesAsync(pictures, rows, cancellationToken);
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

    private async Task<Result<IReadOnlyList<ExportedRow>>> WithPicturesAsync(
        ExportPictures kept, IReadOnlyList<Item> page, CancellationToken cancellationToken)
    {
        if (!(await kept.ListAsync([.. page.Select(item => item.Id)], cancellationToken)).TryGet(out var read, out var failure)) return failure;
        var rows = new List<ExportedRow>(page.Count);
        foreach (var item in page)
        {
            if (read.All(row => row.Id != item.Id || row.Version <= item.Version))
            {
                rows.Add(new ExportedRow(item, Of(item, read)));
                continue;
            }

            // Its picture was changed between the two reads: the item is read once more.
            var got = await items.GetItemAsync(new ItemReference(null, item.Id), query.WithVectors, cancellationToken);
            if (got.TryGet(out var again, out failure))
            {
                if (!(await kept.ListAsync([item.Id], cancellationToken)).TryGet(out var present, out failure)) return failure;
                rows.Add(new ExportedRow(again, Of(again, present)));
            }
            else if (failure.Code != FailureCode.ItemNotFound)
            {
                return failure;
            }
        }

        return rows;
    }

    private static RowFiles? Of(Item item, IReadOnlyList<RowFiles> read) => read.FirstOrDefault(row => row.Id == item.Id && row.Version == item.Version);
}
