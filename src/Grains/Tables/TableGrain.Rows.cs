using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <content>Writes of rows.</content>
public sealed partial class TableGrain
{
    /// <inheritdoc/>
    public Task<Result<long>> AddAsync(NewPicture picture, CancellationToken cancellationToken) =>
        SharedAsync<long>(
            "add",
            async table =>
            {
                if (picture.Generation is { } wanted && wanted != table.Generation.Number) return TableNotFound();
                if (WrongModel(table, picture.Vectors) is { } wrong) return wrong;
                var added = await catalog.AddAsync(table.Generation, picture, vectors.IsFilledFromCatalog, cancellationToken);
                if (!added.TryGet(out var version, out var failure)) return failure;
                await IndexAsync(table, new RowVectors(version, picture.Vectors.Whole, picture.Vectors.MainObject));
                return version.Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> UpdateAsync(PictureChange change, CancellationToken cancellationToken) =>
        SharedAsync<long>(
            "update",
            async table =>
            {
                if (change.Vectors is { } given && WrongModel(table, given) is { } wrong) return wrong;
                var changed = await catalog.ChangeAsync(table.Generation, change, vectors.IsFilledFromCatalog, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                if (change.Vectors is { } changes) await IndexAsync(table, new RowVectors(version, changes.Whole, changes.MainObject));
                return version.Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> DeleteByIdsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        DeleteAsync("delete_by_ids", table => catalog.DeleteByIdsAsync(table, ids, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> DeleteByKeysAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        DeleteAsync("delete_by_keys", table => catalog.DeleteByKeysAsync(table, keys, cancellationToken), cancellationToken);

    private Task<Result<int>> DeleteAsync(
        string call, Func<TableGeneration, Task<Result<IReadOnlyList<RowVersion>>>> delete, CancellationToken cancellationToken) =>
        SharedAsync<int>(
            call,
            async table =>
            {
                var deleted = await delete(table.Generation);
                if (!deleted.TryGet(out var rows, out var failure)) return failure;
                await ForgetAsync(table.Generation, rows);
                return rows.Count;
            },
            cancellationToken);

    private static readonly TimeSpan PatienceForStore = TimeSpan.FromSeconds(2);

    // The row is durable by now, so neither a cancelled caller nor a fault of the store may undo the answer: the row waits instead.
    private async Task IndexAsync(TableRecord table, RowVectors row)
    {
        try
        {
            if (vectors.IsFilledFromCatalog)
            {
                await vectors.PutAsync(table.Generation, [row], CancellationToken.None);
            }
            else
            {
                // A server that hangs keeps no client waiting: the row is indexed later.
                using var patience = new CancellationTokenSource(PatienceForStore);
                await _filling.PutAndMarkAsync(table, [row], patience.Token);
            }
        }
        catch (Exception e) when (e is VectorStoreException or CatalogException or OutOfMemoryException or OperationCanceledException)
        {
            LogNotIndexed(_name, row.Row.Id, e);
            if (vectors.IsFilledFromCatalog) _table!.RefillAtNextCall();
        }
    }

    // A search drops what the catalog no longer has, so a store that can't forget now loses nothing but a little time.
    private async Task ForgetAsync(TableGeneration table, IReadOnlyList<RowVersion> rows)
    {
        if (rows.Count == 0) return;
        try
        {
            await vectors.RemoveAsync(table, rows, CancellationToken.None);
        }
        catch (VectorStoreException e)
        {
            LogVectorStoreFault(_name, e);
        }
    }
}
