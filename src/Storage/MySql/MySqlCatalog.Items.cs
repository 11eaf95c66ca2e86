using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Listing;
using ImageSearch.Storage.MySql.Items;
using ImageSearch.Storage.MySql.Tables;
using ImageSearch.Storage.MySql.Writing;

namespace ImageSearch.Storage.MySql;

/// <content>Items, and the settings of tables.</content>
public sealed partial class MySqlCatalog
{
    /// <inheritdoc/>
    public async Task<TableRecord> CreateTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken) =>
        (await EnsureTableAsync(name, model, metric, settings, cancellationToken).ConfigureAwait(false)).Table;

    /// <inheritdoc/>
    public async Task<CreatedTable> EnsureTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.Dimension);
        var attempt = new CreateAttempt();
        var table = (await _pool.RunAsync(
            db => _lifecycle.CreateAsync(db, name, model, metric, settings, mustExist: false, attempt), cancellationToken).ConfigureAwait(false))!;
        if (settings.Attributes.Count > 0) _indexer.Wake();
        return new CreatedTable(table, attempt.Made == table.Generation.Number);
    }

    /// <inheritdoc/>
    public async Task<Result<bool>> DropTableAsync(TableGeneration table, long revision, CancellationToken cancellationToken)
    {
        var attempt = new DropAttempt { Revision = revision };
        var dropped = await _pool.RunAsync(db => _lifecycle.DropAsync(db, table, attempt), cancellationToken).ConfigureAwait(false);
        return attempt.IsRefused ? CatalogFailures.RevisionDiffers(table) : dropped;
    }

    /// <inheritdoc/>
    public async Task<Result<TableRecord>> ConfigureAsync(
        TableGeneration table, TableSettings settings, Metric metric, long? revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var configured = await WriteAsync(table, transaction => transaction.ConfigureAsync(settings, metric, revision), cancellationToken)
            .ConfigureAwait(false);
        _indexer.Wake();
        return configured;
    }

    /// <inheritdoc/>
    public async Task<Result<long>> ReadRevisionAsync(TableGeneration table, CancellationToken cancellationToken) =>
        await _pool.RunAsync((db, token) => TableRegistry.RevisionAsync(db, table, token), cancellationToken).ConfigureAwait(false) is { } revision
            ? revision
            : CatalogFailures.TableDropped(table);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ListTablesAsync(string? after, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync((db, token) => TableRegistry.ListAsync(db, after, count, token), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> CountRowsAsync(TableGeneration table, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => ItemReads.CountAsync(db, table, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Item?>> FindItemAsync(
        TableGeneration table, ItemReference item, ModelIdentity? model, CancellationToken cancellationToken) =>
        ReadAsync(
            table, (db, token) => _items.FindAsync(db, table, item, model, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Item>>> ReadItemsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => _items.ReadAsync(db, table, ids, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync(
        TableGeneration table, IReadOnlyList<ItemPut> items, bool searchable, CancellationToken cancellationToken) =>
        BulkPut.RunAsync(
            items, searchable, puts => _originals.StoreAsync(table, puts, cancellationToken), (puts, token) => _writer.WriteAsync(new PutWrite(table, puts, token), token), cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<ItemWrite>> PatchItemAsync(
        TableGeneration table, ItemPatch patch, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var vectors = await EncodeAsync(table, patch.Vectors, searchable, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(table, transaction => transaction.PatchAsync(patch, vectors), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteItemAsync(
        TableGeneration table, ItemReference item, ItemCondition? condition, CancellationToken cancellationToken) =>
        WriteAsync(table, transaction => transaction.DeleteItemAsync(item, condition), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(
        TableGeneration table, Filter filter, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            table, (db, token) => _selection.SelectAsync(db, table, filter, limit, token), () => CatalogFailures.TableDropped(table),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemPage>> ListItemsAsync(
        TableGeneration table, FilterField order, bool descending, Filter? filter, ItemPosition? after, int count,
        CancellationToken cancellationToken) =>
        ReadAsync(
            table,
            (db, token) => ItemListing.ReadAsync(
                new ItemSource(db, table, _schemas, _items, _selection, _productIds, _creations), order, descending, filter, after, count, token),
            () => CatalogFailures.TableDropped(table),
            cancellationToken);
}
