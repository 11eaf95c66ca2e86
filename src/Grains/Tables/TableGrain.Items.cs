using ImageSearch.Grains.Duplicates;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <content>Writes of items.</content>
public sealed partial class TableGrain : ITableItemsGrain
{
    private static readonly DuplicateResults<ItemWrite> WritesOfDuplicates = new(
        item => new ItemWrite(item, ItemEffect.Duplicate), earlier => new ItemWrite(earlier.Item, ItemEffect.Duplicate), write => write.Item.Id);

    /// <inheritdoc/>
    public async Task<Result<ItemWrite>> PutItemAsync(ItemPut item, CancellationToken cancellationToken)
    {
        var put = await PutAsync("put_item", "put", [item], cancellationToken);
        return put.TryGet(out var results, out var failure) ? results[0] : failure;
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync(IReadOnlyList<ItemPut> items, CancellationToken cancellationToken) =>
        PutAsync("put_items", "put_many", items, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<ItemWrite>>>> ImportItemsAsync(IReadOnlyList<ItemPut> items, CancellationToken cancellationToken) =>
        PutAsync("import_items", "import", items, cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemWrite>> PatchItemAsync(ItemPatch patch, CancellationToken cancellationToken) =>
        SharedAsync<ItemWrite>(
            "patch_item",
            async table =>
            {
                var picture = patch.Vectors;
                if (picture is not null && CheckModel(table, picture) is { } mismatch) return mismatch;
                var patched = await CommitAsync(
                    "patch", () => items.PatchItemAsync(table.Generation, patch, vectors.IsFilledFromCatalog, cancellationToken));
                if (patched.TryGet(out var write, out _) && picture is not null)
                    await IndexAsync("patch", table, [Stored(VectorsOf(write.Item, picture), picture)]);
                return patched;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> DeleteItemAsync(ItemReference item, ItemCondition? condition, CancellationToken cancellationToken) =>
        DeleteAsync("delete_item", table => items.DeleteItemAsync(table, item, condition, cancellationToken), cancellationToken);

    private Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutAsync(
        string name, string call, IReadOnlyList<ItemPut> puts, CancellationToken cancellationToken) =>
        SharedAsync<IReadOnlyList<Result<ItemWrite>>>(
            name,
            async table =>
            {
                if (puts.Count is 0 or > NewPicture.MaxPerAdd)
                    return new Failure(FailureCode.RequestInvalid, $"one call puts 1 to {NewPicture.MaxPerAdd} items; there are {puts.Count}");
                table = await RefreshSometimesAsync(table, cancellationToken);
                return await _guard!.AddAsync(
                    table,
                    puts,
                    put => CandidateOf(table, put),
                    fresh => PutAllAsync(call, table, fresh, cancellationToken),
                    WritesOfDuplicates,
                    cancellationToken);
            },
            cancellationToken);

    private async Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutAllAsync(
        string call, TableRecord table, IReadOnlyList<ItemPut> puts, CancellationToken cancellationToken)
    {
        using var grant = await _quota!.EnterAsync(table, [.. puts.Select(Replaced)], cancellationToken);
        var batch = new WriteBatch<ItemPut, ItemWrite>(puts, i => grant.At(i) ?? CheckTable(table, puts[i].Generation, puts[i].Vectors));
        if (batch.Accepted.Count == 0)
        {
            grant.Settle(0);
            return Result.Success(batch.Results);
        }

        var put = await CommitAsync(
            call, () => items.PutItemsAsync(table.Generation, batch.Accepted, vectors.IsFilledFromCatalog, cancellationToken));
        var isPut = put.TryGet(out var written, out var failure);
        grant.Settle(isPut ? written!.Count(write => write.Value?.Effect == ItemEffect.Created) : 0);
        if (!isPut) return failure!;
        var stored = batch.Complete(
            written!, write => write, (put, write) => write.Effect == ItemEffect.Skipped ? null : Stored(VectorsOf(write.Item, put.Vectors), put.Vectors));
        if (stored.Count > 0) await IndexAsync(call, table, stored);
        return Result.Success(batch.Results);
    }

    private DuplicateCandidate? CandidateOf(TableRecord table, ItemPut put)
    {
        var (rule, minScore) = DuplicateCheck.Of(put.Duplicates, table.Settings.Duplicates);
        return CheckTable(table, put.Generation, put.Vectors) is not null
            ? null
            : new DuplicateCandidate(put.Vectors.Whole, Replaced(put), rule, minScore)
            {
                YieldsTo = put is { OnExistingKey: KeyRule.Replace, Condition: null } ? null : there => IsDecidedByKey(put, there),
            };
    }

    // The catalog answers a put that its key or its condition decides, whatever its picture is.
    private static bool IsDecidedByKey(ItemPut put, Item? there) =>
        (there is not null && put.OnExistingKey != KeyRule.Replace) || put.Condition?.IsMet(there) == false;

    private async Task<T> CommitAsync<T>(string call, Func<Task<T>> commit)
    {
        using (metrics.Stages.Begin(call, "catalog")) return await commit();
    }

    private async Task IndexAsync(string call, TableRecord table, IReadOnlyList<RowVectors> rows)
    {
        using (metrics.Stages.Begin(call, "vectors")) await IndexAsync(table, rows);
    }

    private static ItemReference? Replaced(ItemPut put) =>
        put.Row?.Id is { } id ? new ItemReference(null, id) : put.Texts.Key is { } key ? new ItemReference(key, 0) : null;

    private static RowVectors VectorsOf(Item item, PictureVectors picture) =>
        new(new RowVersion(item.Id, item.Version), picture.Whole, picture.MainObject);
}
