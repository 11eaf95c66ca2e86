using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Listing;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Items;
using ImageSearch.Storage.Sqlite.Schema;

namespace ImageSearch.Storage.Sqlite;

/// <content>Items, and the settings of tables.</content>
public sealed partial class SqliteCatalog : IItemCatalog
{
    /// <inheritdoc/>
    public async Task<TableRecord> CreateTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken) =>
        (await EnsureTableAsync(name, model, metric, settings, cancellationToken).ConfigureAwait(false)).Table;

    /// <inheritdoc/>
    public Task<CreatedTable> EnsureTableAsync(
        TableName name, ModelIdentity model, Metric metric, TableSettings settings, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.Dimension);
        return _writer.WriteAsync(db => Registry.Create(db, name, model, metric, settings, _options.MaxTables, Now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<bool>> DropTableAsync(TableGeneration table, long revision, CancellationToken cancellationToken) =>
        _writer.WriteAsync<Result<bool>>(
            db =>
            {
                if (Registry.Revision(db, table) is { } found && found != revision) return CatalogFailures.RevisionDiffers(table);
                _sweeper.WorkAdded();
                return Registry.Drop(db, table);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<TableRecord>> ConfigureAsync(
        TableGeneration table, TableSettings settings, Metric metric, long? revision, CancellationToken cancellationToken) =>
        _writer.WriteAsync<Result<TableRecord>>(
            db =>
            {
                if (Registry.Live(db, table) is not { } live) return CatalogFailures.TableDropped(table);
                if (revision is { } known && Registry.Revision(db, table) != known) return CatalogFailures.RevisionDiffers(table);
                if (IndexWork.Start(db, live, settings)) _indexer.WorkAdded();
                Registry.Configure(db, table, settings, metric);
                return Registry.Find(db, table.Name)!;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> ReadRevisionAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _readers.ReadAsync<Result<long>>(
            db => Registry.Revision(db, table) is { } revision ? revision : CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ListTablesAsync(string? after, int count, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => Registry.List(db, after, count), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<long>> CountRowsAsync(TableGeneration table, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => ItemReads.Count(db, table), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<Item?>> FindItemAsync(
        TableGeneration table, ItemReference item, ModelIdentity? model, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => ItemReads.Find(db, table, item, model), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Item>>> ReadItemsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => ItemReads.Read(db, table, ids), cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<IReadOnlyList<Result<ItemWrite>>>> PutItemsAsync(
        TableGeneration table, IReadOnlyList<ItemPut> items, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var results = new Result<ItemWrite>[items.Count];
        var encoded = await _originals.StoreAsync(table, EncodedPut.From(items, searchable, results), cancellationToken).ConfigureAwait(false);
        var write = await _writer.WriteAsync(db => ItemWrites.Put(db, table, encoded, Now), encoded.Count, cancellationToken).ConfigureAwait(false);
        if (!write.TryGet(out var written, out var failure)) return failure;
        for (var i = 0; i < encoded.Count; i++) results[encoded[i].Position] = written[i];
        return Result.Success<IReadOnlyList<Result<ItemWrite>>>(results);
    }

    /// <inheritdoc/>
    public async Task<Result<ItemWrite>> PatchItemAsync(
        TableGeneration table, ItemPatch patch, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var vectors = await EncodeAsync(table, patch.Vectors, searchable, cancellationToken).ConfigureAwait(false);
        return await _writer.WriteAsync(db => ItemWrites.Patch(db, table, patch, vectors, Now), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteItemAsync(
        TableGeneration table, ItemReference item, ItemCondition? condition, CancellationToken cancellationToken) =>
        _writer.WriteAsync(db => ItemWrites.Delete(db, table, item, condition), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<long>?>> SelectIdsAsync(
        TableGeneration table, Filter filter, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(db => IndexReads.Select(db, table, filter, limit, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<ItemPage>> ListItemsAsync(
        TableGeneration table, FilterField order, bool descending, Filter? filter, ItemPosition? after, int count,
        CancellationToken cancellationToken) =>
        ItemListing.ReadAsync(new SqliteItemSource(_readers, table), order, descending, filter, after, count, cancellationToken);
}
