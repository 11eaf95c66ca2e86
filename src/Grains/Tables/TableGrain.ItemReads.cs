using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Reads of items.</content>
public sealed partial class TableGrain
{
    /// <inheritdoc/>
    public Task<Result<Item>> GetItemAsync(ItemReference item, bool withVectors, CancellationToken cancellationToken) =>
        SharedAsync<Item>(
            "get_item",
            async table =>
            {
                var read = await items.FindItemAsync(table.Generation, item, withVectors ? table.Model : null, cancellationToken);
                if (read.Failure is { } failure) return failure;
                return read.Value is { } found ? found : new Failure(FailureCode.ItemNotFound, $"no item has {item}");
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemPage>> ListItemsAsync(ItemListQuery query, CancellationToken cancellationToken) =>
        SharedAsync(
            "list_items",
            async table =>
            {
                if (query.Count is < 1 or > ItemListQuery.MaxCount)
                    return Invalid($"count must be 1 to {ItemListQuery.MaxCount}, not {query.Count}");
                var schema = table.Settings.Attributes;
                if (!FilterFields.Parse(query.Order, schema).TryGet(out var order, out var failure))
                    return failure with { Message = $"order: {failure.Message}" };
                if (!order.CanOrderPages) return Invalid($"order must be id, created, modified, key, product_id or an indexed attribute, not {query.Order}");
                Filter? filter = null;
                if (query.Filter is { } text && !FilterParser.Parse(text, schema).TryGet(out filter, out failure)) return failure;
                var listed = await items.ListItemsAsync(
                    table.Generation, order, query.Descending, filter, query.After, query.Count, cancellationToken);
                return listed.TryGet(out var page, out _) && query.WithVectors
                    ? page with { Items = await WithVectorsAsync(table, page.Items, cancellationToken) }
                    : listed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemHits>> SearchItemsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        SharedAsync(
            "search_items",
            async table =>
            {
                foreach (var example in query.Examples)
                {
                    if (example.Vectors is { } picture && CheckModel(table, picture) is { } mismatch) return mismatch;
                }

                var searched = await _itemSearcher!.SearchAsync(table, query, cancellationToken);
                if (!query.WithVectors || !searched.TryGet(out var found, out _)) return searched;
                var hits = await WithVectorsAsync(table, [.. found.Hits.Select(hit => hit.Item)], cancellationToken);
                return found with { Hits = [.. found.Hits.Zip(hits, (hit, item) => hit with { Item = item })] };
            },
            cancellationToken);

    private async Task<IReadOnlyList<Item>> WithVectorsAsync(TableRecord table, IReadOnlyList<Item> read, CancellationToken cancellationToken)
    {
        var vectorsById = new Dictionary<long, RowVectors>(read.Count);
        long[] ids = [.. read.Select(item => item.Id).Order()];
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in batch.Vectors) vectorsById[row.Row.Id] = row;
        }

        return [.. read.Select(item => WithVectors(table, item, vectorsById))];
    }

    // A picture that was changed since it was read has other vectors, which are not those of the item.
    private static Item WithVectors(TableRecord table, Item item, Dictionary<long, RowVectors> vectorsById) =>
        vectorsById.TryGetValue(item.Id, out var row) && row.Row.Version == item.Version
            ? item with { Vectors = new PictureVectors(table.Model, row.Whole, row.MainObject) }
            : item;

    private static Failure Invalid(string message) => new(FailureCode.RequestInvalid, message);
}
