using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tables;

/// <content>Writes of rows.</content>
public sealed partial class TableGrain
{
    private static readonly TimeSpan IndexTimeout = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public Task<Result<long>> AddAsync(NewPicture picture, CancellationToken cancellationToken) =>
        SharedAsync<long>(
            "add",
            async table =>
            {
                if (picture.Generation is { } generation && generation != table.Generation.Number) return TableNotFound();
                if (CheckModel(table, picture.Vectors) is { } mismatch) return mismatch;
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
                var picture = change.Vectors;
                if (picture is not null && CheckModel(table, picture) is { } mismatch) return mismatch;
                var changed = await catalog.ChangeAsync(table.Generation, change, vectors.IsFilledFromCatalog, cancellationToken);
                if (!changed.TryGet(out var version, out var failure)) return failure;
                if (picture is not null) await IndexAsync(table, new RowVectors(version, picture.Whole, picture.MainObject));
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
        string name, Func<TableGeneration, Task<Result<IReadOnlyList<RowVersion>>>> delete, CancellationToken cancellationToken) =>
        SharedAsync<int>(
            name,
            async table =>
            {
                var deleted = await delete(table.Generation);
                if (!deleted.TryGet(out var rows, out var failure)) return failure;
                await _indexer.TryRemoveAsync(table.Generation, rows);
                return rows.Count;
            },
            cancellationToken);

    // The row is durable, so neither a cancelled caller nor a failing store changes the result: the row waits to be indexed instead.
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
                // A server that hangs does not delay the client: the row is indexed later.
                using var timeout = new CancellationTokenSource(IndexTimeout);
                await _indexer.PutAndMarkAsync(table, [row], timeout.Token);
            }
        }
        catch (Exception e) when (e is VectorStoreException or CatalogException or OutOfMemoryException or OperationCanceledException)
        {
            logger.RowNotIndexed(_name, row.Row.Id, e);
            if (vectors.IsFilledFromCatalog) _table!.Invalidate();
        }
    }
}
