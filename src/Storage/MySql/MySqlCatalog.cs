using System.Data.Common;
using System.Runtime.CompilerServices;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using ImageSearch.Storage.MySql.Writing;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.MySql;

/// <summary>The catalog in a MySQL or MariaDB database, which several processes may share.</summary>
public sealed class MySqlCatalog : ICatalog, ITableChanges
{
    // 4 MB of float32: reading a batch takes tens of milliseconds for any model.
    private const int FloatsPerBatch = 1 << 20;
    private const int MaxRowsPerBatch = 1024;
    private const int VersionsPerBatch = 16_384;

    private readonly SessionPool _pool;
    private readonly TableLifecycle _lifecycle;
    private readonly WriterTransactions _transactions;
    private readonly MySqlWriter _writer;
    private readonly CatalogMetrics _metrics;
    private readonly OrphanSweeper _sweep;
    private readonly ILogger _logger;
    private int _disposed;

    private MySqlCatalog(
        MySqlOptions options, SessionPool pool, MySqlRetry retry, CatalogMetrics metrics, TimeProvider time, ILogger logger)
    {
        (_pool, _metrics, _logger) = (pool, metrics, logger);
        _lifecycle = new TableLifecycle(options, time, logger);
        _transactions = new WriterTransactions(options, pool, time);
        _writer = new MySqlWriter(options, retry, _transactions, metrics, logger);
        _sweep = new OrphanSweeper(options, pool, _lifecycle, logger);
    }

    /// <inheritdoc/>
    public long Identity { get; private init; }

    /// <summary>For counting commits.</summary>
    internal MySqlWriter Writer => _writer;

    /// <summary>The connections.</summary>
    internal SessionPool Pool => _pool;

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
            return new MySqlCatalog(options, pool, retry, metrics, time, logger) { Identity = identity };
        }
        catch
        {
            if (pool is not null) await pool.DisposeAsync().ConfigureAwait(false);
            metrics.Dispose();
            throw;
        }
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
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(model.Dimension);
        return (await _pool.RunAsync(db => _lifecycle.CreateAsync(db, name, model, metric, mustExist: false), cancellationToken)
            .ConfigureAwait(false))!;
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
        var adopted = await _pool.RunAsync(db => _lifecycle.CreateAsync(db, name, model, metric, mustExist: true), cancellationToken)
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
    public Task<Result<RowVersion>> AddAsync(
        TableGeneration table, NewPicture picture, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var vectors = EncodedVectors.From(picture.Vectors, searchable);
        return _writer.WriteAsync(new AddWrite(table, picture, vectors, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<RowVersion>> ChangeAsync(
        TableGeneration table, PictureChange change, bool searchable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var vectors = change.Vectors is { } given ? EncodedVectors.From(given, searchable) : null;
        return WriteAsync(table, transaction => transaction.ChangeAsync(change, vectors), cancellationToken);
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

    /// <inheritdoc/>
    public Task<Result<JoinedRows>> ReadTextsAsync(
        TableGeneration table, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken) =>
        ReadAsync(table, (db, token) => MySqlReads.TextsAsync(db, table, rows, token), () => CatalogFailures.TableDropped(table), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        var count = RowsPerBatch(dimension);
        var after = -1L;
        while (await ReadAsync(
            table,
            (db, token) => MySqlReads.VectorsAsync(db, table, dimension, selection, after, count, token),
            () => throw Dropped(table),
            cancellationToken).ConfigureAwait(false) is { } read)
        {
            yield return read.Batch;
            after = read.Last;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VectorBatch> ReadVectorsAsync(
        TableGeneration table, int dimension, IReadOnlyList<long> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        foreach (var chunk in ids.Chunk(RowsPerBatch(dimension)))
        {
            yield return await ReadAsync(
                table,
                (db, token) => MySqlReads.VectorsOfAsync(db, table, dimension, chunk, token),
                () => null,
                cancellationToken).ConfigureAwait(false) ?? throw Dropped(table);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<RowVersion>> ReadVersionsAsync(
        TableGeneration table, RowSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = -1L; ;)
        {
            var from = after;
            var rows = await ReadAsync(
                table,
                (db, token) => MySqlReads.VersionsAsync(db, table, selection, from, VersionsPerBatch, token),
                () => null,
                cancellationToken).ConfigureAwait(false) ?? throw Dropped(table);
            if (rows.Count == 0) yield break;
            yield return rows;
            after = rows[^1].Id;
        }
    }

    /// <inheritdoc/>
    public Task<Result<long>> CountSearchableAsync(TableGeneration table, CancellationToken cancellationToken) =>
        ReadAsync(
            table, (db, token) => MySqlReads.CountSearchableAsync(db, table, token), () => CatalogFailures.TableDropped(table),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<TableGeneration, long>> ReadLastChangesAsync(CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyDictionary<TableGeneration, long>>(ChangeReads.LastAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<TableChanges?> ReadChangesAsync(TableRecord table, long after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ReadAsync<TableChanges?>(
            table.Generation, (db, token) => ChangeReads.SinceAsync(db, table, after, _transactions.Writer, token), () => null,
            cancellationToken);
    }

    /// <summary>Completes queued writes and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _sweep.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
        _logger.MySqlCatalogClosed(_writer.Commits);
    }

    private static int RowsPerBatch(int dimension) => Math.Clamp(FloatsPerBatch / dimension, 1, MaxRowsPerBatch);

    private static CatalogException Dropped(TableGeneration table) =>
        new(FailureCode.TableDropped, CatalogFailures.TableDropped(table).Message);

    private Task<Result<T>> WriteAsync<T>(
        TableGeneration table, Func<TableTransaction, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        _writer.WriteAsync(new MySqlWrite<T>(table, work, cancellationToken), cancellationToken);

    // A table that is dropped concurrently may be gone before the statement runs.
    private Task<T> ReadAsync<T>(
        TableGeneration table, Func<MySqlSession, CancellationToken, Task<T>> read, Func<T> dropped, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async (db, token) =>
            {
                try
                {
                    return await read(db, token).ConfigureAwait(false);
                }
                catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchTable)
                {
                    if (!await TableRegistry.IsLiveAsync(db, table, token).ConfigureAwait(false)) return dropped();
                    throw new CatalogException(
                        FailureCode.CatalogUnavailable,
                        $"table {table.Name} is missing from the database, though it was not dropped through this service; restore it from a backup, or drop it", e);
                }
            },
            cancellationToken);
}
