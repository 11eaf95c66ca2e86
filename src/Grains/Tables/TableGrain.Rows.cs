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
                if (CheckAdd(table, picture) is { } refused) return refused;
                table = await RefreshSometimesAsync(table, cancellationToken);
                using var grant = await _quota!.EnterAsync(table, [Replaced(picture)], cancellationToken);
                if (grant.At(0) is { } full)
                {
                    grant.Settle(0);
                    return full;
                }

                var stored = await catalog.AddAsync(table.Generation, picture, vectors.IsFilledFromCatalog, cancellationToken);
                var isStored = stored.TryGet(out var version, out var failure);
                grant.Settle(isStored && IsNew(version) ? 1 : 0);
                if (!isStored) return failure!;
                await IndexAsync(table, [VectorsOf(version, picture)]);
                return version.Id;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<long>>>> AddManyAsync(IReadOnlyList<NewPicture> pictures, CancellationToken cancellationToken) =>
        SharedAsync<IReadOnlyList<Result<long>>>(
            "add_many",
            async table =>
            {
                if (pictures.Count > NewPicture.MaxPerAdd)
                    return new Failure(FailureCode.RequestInvalid, $"one call adds at most {NewPicture.MaxPerAdd} pictures; there are {pictures.Count}");
                table = await RefreshSometimesAsync(table, cancellationToken);
                using var grant = await _quota!.EnterAsync(table, [.. pictures.Select(Replaced)], cancellationToken);
                var batch = new WriteBatch<NewPicture, long>(pictures, i => grant.At(i) ?? CheckAdd(table, pictures[i]));
                var written = await catalog.AddManyAsync(table.Generation, batch.Accepted, vectors.IsFilledFromCatalog, cancellationToken);
                var isWritten = written.TryGet(out var rows, out var failure);
                grant.Settle(isWritten ? rows!.Count(row => row.TryGet(out var version, out _) && IsNew(version)) : 0);
                if (!isWritten) return failure!;
                var stored = batch.Complete(rows!, row => row.Id, (picture, row) => VectorsOf(row, picture));
                if (stored.Count > 0) await IndexAsync(table, stored);
                return Result.Success(batch.Results);
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
                if (picture is not null) await IndexAsync(table, [new RowVectors(version, picture.Whole, picture.MainObject)]);
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
                using var grant = await _quota!.EnterAsync(table, cancellationToken);
                var deleted = await delete(table.Generation);
                grant.Settle(deleted.TryGet(out var rows, out var failure) ? -rows.Count : 0);
                if (rows is null) return failure!;
                await _indexer.TryRemoveAsync(table.Generation, rows);
                return rows.Count;
            },
            cancellationToken);

    private static ItemReference? Replaced(NewPicture picture) =>
        picture is { ReplaceSameKey: true, Texts.Key: { } key } ? new ItemReference(key, 0) : null;

    // A row that replaces another has its id and a greater version.
    private static bool IsNew(RowVersion row) => row.Version == 1;

    private static RowVectors VectorsOf(RowVersion row, NewPicture picture) => new(row, picture.Vectors.Whole, picture.Vectors.MainObject);

    private Failure? CheckAdd(TableRecord table, NewPicture picture) => CheckTable(table, picture.Generation, picture.Vectors);

    private Failure? CheckTable(TableRecord table, long? generation, PictureVectors picture) =>
        generation is not null && generation != table.Generation.Number ? TableNotFound() : CheckModel(table, picture);

    // The rows are durable, so neither a cancelled caller nor a failing store changes the result: the rows wait to be indexed instead.
    private async Task IndexAsync(TableRecord table, IReadOnlyList<RowVectors> rows)
    {
        try
        {
            if (vectors.IsFilledFromCatalog)
            {
                await vectors.PutAsync(table.Generation, rows, CancellationToken.None);
            }
            else
            {
                // A server that hangs does not delay the client: the rows are indexed later.
                using var timeout = new CancellationTokenSource(IndexTimeout);
                await _indexer.PutAndMarkAsync(table, rows, timeout.Token);
            }
        }
        catch (Exception e) when (e is VectorStoreException or CatalogException or OutOfMemoryException or OperationCanceledException)
        {
            if (rows.Count == 1) logger.RowNotIndexed(_name, rows[0].Row.Id, e);
            else logger.RowsNotIndexed(_name, rows.Count, rows[0].Row.Id, e);
            if (vectors.IsFilledFromCatalog) _table!.Invalidate();
        }
    }
}
