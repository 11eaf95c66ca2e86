using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Items;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using ImageSearch.Storage.MySql.Writing;
using ImageSearch.Storage.Originals;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql;

/// <summary>The catalog in a MySQL or MariaDB database, which several processes may share.</summary>
public sealed partial class MySqlCatalog : ICatalog, IItemCatalog, ITableChanges
{
    private readonly SessionPool _pool;
    private readonly TableSchemas _schemas = new();
    private readonly ColumnIndexes _productIds = new(TableSql.ProductId);
    private readonly ColumnIndexes _creations = new(TableSql.Created);
    private readonly ItemReads _items;
    private readonly ItemSelection _selection;
    private readonly AttributeIndexer _indexer;
    private readonly TableLifecycle _lifecycle;
    private readonly WriterTransactions _transactions;
    private readonly MySqlWriter _writer;
    private readonly CatalogMetrics _metrics;
    private readonly OrphanSweeper _sweep;
    private readonly OriginalFiles _originals;
    private readonly ILogger _logger;
    private int _disposed;

    private MySqlCatalog(
        MySqlOptions options, SessionPool pool, MySqlRetry retry, CatalogMetrics metrics, long identity, TimeProvider time, ILogger logger)
    {
        Identity = identity;
        _originals = new OriginalFiles(options.Objects, identity, logger);
        (_pool, _metrics, _logger) = (pool, metrics, logger);
        _lifecycle = new TableLifecycle(options, time, logger);
        _transactions = new WriterTransactions(options, pool, _schemas, time);
        _writer = new MySqlWriter(options, retry, _transactions, metrics, logger);
        _items = new ItemReads(_schemas);
        _selection = new ItemSelection(_schemas, _productIds);
        _sweep = new OrphanSweeper(options, pool, _lifecycle, logger);
        _indexer = new AttributeIndexer(options, pool, [_productIds, _creations], logger);
    }

    /// <inheritdoc/>
    public long Identity { get; }

    /// <summary>For counting commits.</summary>
    internal MySqlWriter Writer => _writer;

    /// <summary>The connections.</summary>
    internal SessionPool Pool => _pool;

    /// <summary>The schemas of tables.</summary>
    internal TableSchemas Schemas => _schemas;

    /// <summary>Connects, and creates the database and its tables if missing.</summary>
    /// <exception cref="CatalogException">
    /// The server can't be reached or denies access, or a newer version wrote the database. The message tells the operator what to do.
    /// </exception>
    public static async Task<MySqlCatalog> OpenAsync(
        MySqlOptions options, TimeProvider time, ILogger<MySqlCatalog> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var metrics = new CatalogMetrics();
        var retry = new MySqlRetry(options, logger, metrics);
        SessionPool? pool = null;
        try
        {
            await retry.RunAsync(
                async () =>
                {
                    await MySqlSchema.CreateDatabaseAsync(options).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            pool = new SessionPool(options, retry);
            var (identity, version, tables) = await pool.RunAsync(
                async db =>
                {
                    return (
                        await MySqlSchema.PrepareAsync(db, options).ConfigureAwait(false),
                        await db.FirstAsync<string>("SELECT VERSION()").ConfigureAwait(false),
                        await TableRegistry.ListAsync(db).ConfigureAwait(false));
                },
                cancellationToken).ConfigureAwait(false);
            var place = options.ToString();
            logger.MySqlCatalogOpened(place, version ?? "?", MySqlSchema.Version, tables.Count);
            return new MySqlCatalog(options, pool, retry, metrics, identity, time, logger);
        }
        catch
        {
            if (pool is not null) await pool.DisposeAsync().ConfigureAwait(false);
            metrics.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await ListTablesAsync(cancellationToken).ConfigureAwait(false);
        return _originals.Warning;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ListTablesAsync(CancellationToken cancellationToken) =>
        _pool.RunAsync((db, token) => TableRegistry.ListAsync(db, token), cancellationToken);

    /// <inheritdoc/>
    public Task<TableRecord?> FindTableAsync(TableName name, CancellationToken cancellationToken) =>
        _pool.RunAsync((db, token) => TableRegistry.FindAsync(db, name, token), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>An existing table with the documented columns, such as one that the Python system made, is adopted with its rows.</remarks>
    public async Task<TableRecord> CreateTableAsync(TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken)
    {
        return await CreateTableAsync(name, model, metric, TableSettings.Default, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Adopts a table of the database that has the documented columns: adds missing columns and changes nothing else. A table that is live
    /// already is returned unchanged.
    /// </summary>
    /// <returns>The table, or <see cref="FailureCode.TableNotFound"/> if the database has none with this name.</returns>
    /// <exception cref="CatalogException">It is not a table of pictures.</exception>
    public async Task<Result<TableRecord>> AdoptTableAsync(
        TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.Dimension);
        var adopted = await _pool.RunAsync(db => _lifecycle.CreateAsync(db, name, model, metric, TableSettings.Default, mustExist: true, new CreateAttempt()), cancellationToken)
            .ConfigureAwait(false);
        return adopted is null
            ? new Failure(FailureCode.TableNotFound, $"the database has no table {name}; check the name and MYSQL_DB")
            : adopted;
    }

    /// <inheritdoc/>
    public Task<bool> DropTableAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        var attempt = new DropAttempt();
        return _pool.RunAsync(db => _lifecycle.DropAsync(db, table, attempt), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Result<RowVersion>> AddAsync(
        TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var encoded = await _originals.StoreAsync(table, EncodedPicture.From(picture, searchable), cancellationToken).ConfigureAwait(false);
        var added = await AddAsync(table, [encoded], cancellationToken).ConfigureAwait(false);
        return added.TryGet(out var results, out var failure) ? results[0] : failure;
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<Result<RowVersion>>>> AddManyAsync(
        TableGeneration table, IReadOnlyList<NewPicture> pictures, bool searchable, CancellationToken cancellationToken) =>
        BulkAdd.RunAsync(
            pictures, searchable, rows => _originals.StoreAsync(table, rows, cancellationToken), (rows, cancelled) => AddAsync(table, rows, cancelled),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<Result<RowVersion>> ChangeAsync(
        TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var vectors = await EncodeAsync(table, change.Vectors, searchable, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(table, transaction => transaction.ChangeAsync(change, vectors), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByIdsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        WriteAsync(table, transaction => transaction.DeleteByIdsAsync(ids), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<RowVersion>>> DeleteByKeysAsync(
        TableGeneration table, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        WriteAsync(table, transaction => transaction.DeleteByKeysAsync(keys), cancellationToken);

    /// <inheritdoc/>
    public Task<Result<int>> MarkSearchableAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        WriteAsync(table, transaction => transaction.MarkSearchableAsync(rows), cancellationToken);

    /// <summary>Completes queued writes and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _indexer.DisposeAsync().ConfigureAwait(false);
        await _sweep.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _logger.MySqlCatalogClosed(_writer.Commits);
    }

    private async ValueTask<EncodedVectors?> EncodeAsync(
        TableGeneration table, PictureVectors? vectors, bool searchable, CancellationToken cancellationToken) =>
        vectors is null ? null : await _originals.StoreAsync(table, EncodedVectors.From(vectors, searchable), cancellationToken).ConfigureAwait(false);

    private Task<Result<Result<RowVersion>[]>> AddAsync(
        TableGeneration table, IReadOnlyList<EncodedPicture> pictures, CancellationToken cancellationToken) =>
        _writer.WriteAsync(new AddWrite(table, pictures, cancellationToken), cancellationToken);

    private Task<Result<T>> WriteAsync<T>(
        TableGeneration table, Func<TableTransaction, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        _writer.WriteAsync(new MySqlWrite<T>(table, work, cancellationToken), cancellationToken);
}
