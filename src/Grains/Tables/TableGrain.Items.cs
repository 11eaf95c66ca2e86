using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Writes of items.</content>
public sealed partial class TableGrain : ITableItemsGrain
{
    /// <inheritdoc/>
    public async Task<Result<ItemWrite>> PutItemAsync(ItemPut item, CancellationToken cancellationToken)
    {
        var put = await PutAsync("put_item", [item], cancellationToken);
        return put.TryGet(out var results, out var failure) ? results[0] : failure;
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync(IReadOnlyList<ItemPut> items, CancellationToken cancellationToken) =>
        PutAsync("put_items", items, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemWrite>> PatchItemAsync(ItemPatch patch, CancellationToken cancellationToken) =>
        SharedAsync<ItemWrite>(
            "patch_item",
            async table =>
            {
                var picture = patch.Vectors;
                if (picture is not null && CheckModel(table, picture) is { } mismatch) return mismatch;
                var patched = await items.PatchItemAsync(table.Generation, patch, vectors.IsFilledFromCatalog, cancellationToken);
                if (patched.TryGet(out var write, out _) && picture is not null) await IndexAsync(table, [VectorsOf(write.Item, picture)]);
                return patched;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> DeleteItemAsync(ItemReference item, ItemCondition? condition, CancellationToken cancellationToken) =>
        DeleteAsync("delete_item", table => items.DeleteItemAsync(table, item, condition, cancellationToken), cancellationToken);

    private Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutAsync(
        string name, IReadOnlyList<ItemPut> puts, CancellationToken cancellationToken) =>
        SharedAsync<IReadOnlyList<Result<ItemWrite>>>(
            name,
            async table =>
            {
                if (puts.Count is 0 or > NewPicture.MaxPerAdd)
                    return new Failure(FailureCode.RequestInvalid, $"one call puts 1 to {NewPicture.MaxPerAdd} items; there are {puts.Count}");
                var grant = await _quota!.ReserveAsync(table, [.. puts.Select(put => put.Texts.Key)], cancellationToken);
                var added = 0;
                try
                {
                    var batch = new WriteBatch<ItemPut, ItemWrite>(puts, i => grant.At(i) ?? CheckTable(table, puts[i].Generation, puts[i].Vectors));
                    if (batch.Accepted.Count == 0) return Result.Success(batch.Results);
                    var put = await items.PutItemsAsync(table.Generation, batch.Accepted, vectors.IsFilledFromCatalog, cancellationToken);
                    if (!put.TryGet(out var written, out var failure)) return failure;
                    added = written.Count(write => write.Value?.Effect == ItemEffect.Created);
                    var stored = batch.Complete(
                        written, write => write, (put, write) => write.Effect == ItemEffect.Skipped ? null : VectorsOf(write.Item, put.Vectors));
                    if (stored.Count > 0) await IndexAsync(table, stored);
                    return Result.Success(batch.Results);
                }
                finally
                {
                    _quota.Settle(table, grant, added);
                }
            },
            cancellationToken);

    private static RowVectors VectorsOf(Item item, PictureVectors picture) =>
        new(new RowVersion(item.Id, item.Version), picture.Whole, picture.MainObject);
}
