using System.Globalization;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace ImageSearch.Grains.Pictures;

/// <summary>Reads kept pictures. The catalog is the truth, so any silo can answer right after a write.</summary>
[StatelessWorker, Reentrant]
public sealed class KeptPictureGrain(ICatalog catalog, IPictureCatalog pictures, ILogger<KeptPictureGrain> logger) : Grain, IKeptPictureGrain
{
    // Another process may drop the table and create it again between the two reads.
    private const int MaxAttempts = 3;

    /// <inheritdoc/>
    public Task<Result<FoundPicture>> FindAsync(
        TableName table, ItemReference item, PictureKind kind, bool withBytes, CancellationToken cancellationToken) =>
        OnTableAsync<FoundPicture>(
            table,
            async record =>
            {
                var found = await pictures.FindPictureAsync(record.Generation, item, kind, withBytes, cancellationToken);
                if (!found.TryGet(out var kept, out var failure)) return failure;
                return kept is { } picture ? picture : NotKept(record, item, kind);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowFiles>>> ListAsync(TableName table, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        OnTableAsync(table, record => pictures.ReadPicturesAsync(record.Generation, ids, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<KeptPicture?>> FindOriginalAsync(TableName table, long id, int version, CancellationToken cancellationToken) =>
        OnTableAsync<KeptPicture?>(
            table,
            async record =>
            {
                var found = await pictures.ReadOriginalAsync(record.Generation, new RowVersion(id, version), cancellationToken);
                return found.TryGet(out var kept, out var failure) ? kept?.Picture : failure;
            },
            cancellationToken);

    private async Task<Result<T>> OnTableAsync<T>(TableName table, Func<TableRecord, Task<Result<T>>> read, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < MaxAttempts; i++)
            {
                if (await catalog.FindTableAsync(table, cancellationToken) is not { } record) break;
                var result = await read(record);
                if (result.Failure?.Code != FailureCode.TableDropped) return result;
            }

            return TableGrain.TableNotFound(table);
        }
        catch (CatalogException e)
        {
            logger.CatalogFailed(table, e);
            return e.Failure;
        }
    }

    // A row may have been written before the setting was changed, by vectors alone or by another system.
    private static Failure NotKept(TableRecord table, ItemReference item, PictureKind kind)
    {
        var word = kind == PictureKind.Original ? "original" : "thumbnail";
        return new Failure(
            FailureCode.PictureNotKept,
            $"no {word} of the item is kept: set KEEP_PICTURES to {word} and do not choose less in keep_pictures of table {table.Generation.Name}, then put the item's picture again")
        {
            Field = item.Key is null ? "id" : "key",
            Value = item.Key ?? item.Id.ToString(CultureInfo.InvariantCulture),
            Bound = $"an item whose {word} is kept",
        };
    }
}
