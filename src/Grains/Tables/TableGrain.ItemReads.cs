using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Reads of items.</content>
public sealed partial class TableGrain
{
    private const int MaxItemsPerPage = 1_000;

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
                if (query.Count is < 1 or > MaxItemsPerPage)
                    return Invalid($"count must be 1 to {MaxItemsPerPage}, not {query.Count}");
                var schema = table.Settings.Attributes;
                if (!FilterFields.Parse(query.Order, schema).TryGet(out var order, out var failure))
                    return failure with { Message = $"order: {failure.Message}" };
                if (!IsOrdered(order)) return Invalid($"order must be id, created, modified, key, product_id or an indexed attribute, not {query.Order}");
                Filter? filter = null;
                if (query.Filter is { } text && !FilterParser.Parse(text, schema).TryGet(out filter, out failure)) return failure;
                var listed = await items.ListItemsAsync(
                    table.Generation, order, query.Descending, filter, query.After, query.Count, cancellationToken);
                return listed.TryGet(out var page, out _) && query.WithVectors ? await WithVectorsAsync(table, page, cancellationToken) : listed;
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

                return await _itemSearcher!.SearchAsync(table, query, cancellationToken);
            },
            cancellationToken);

    // An index has the order; without one, every page would sort the table.
    private static bool IsOrdered(FilterField field) => field.Kind switch
    {
        FieldKind.Id or FieldKind.Created or FieldKind.Modified or FieldKind.Key or FieldKind.ProductId => true,
        FieldKind.Attribute => field is { Type: not AttributeType.StringList, Attribute.Indexed: true },
        _ => false,
    };

    private async Task<Result<ItemPage>> WithVectorsAsync(TableRecord table, ItemPage page, CancellationToken cancellationToken)
    {
        var vectorsById = new Dictionary<long, RowVectors>(page.Items.Count);
        long[] ids = [.. page.Items.Select(item => item.Id).Order()];
        await foreach (var batch in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, ids, cancellationToken))
        {
            foreach (var row in batch.Vectors) vectorsById[row.Row.Id] = row;
        }

        return page with { Items = [.. page.Items.Select(item => WithVectors(table, item, vectorsById))] };
    }

    // A picture that was changed since the page was read has other vectors, which are not those of the item.
    private static Item WithVectors(TableRecord table, Item item, Dictionary<long, RowVectors> vectorsById) =>
        vectorsById.TryGetValue(item.Id, out var row) && row.Row.Version == item.Version
            ? item with { Vectors = new PictureVectors(table.Model, row.Whole, row.MainObject) }
            : item;

    private static Failure Invalid(string message) => new(FailureCode.RequestInvalid, message);
}
