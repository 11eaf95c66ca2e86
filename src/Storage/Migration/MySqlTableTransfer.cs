using System.Data.Common;
using System.Globalization;
using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Migration;

/// <summary>Whole rows of a MySQL catalog, for export and import. Columns that a shop added are neither read nor written.</summary>
public sealed class MySqlTableTransfer : ITableTransfer
{
    private const string Columns = """
        CAST(id AS SIGNED) AS Id, milvus_id AS MilvusId, tags AS Tags, brief AS Brief, COALESCE(upload_status, 0) AS UploadStatus,
        version AS Version, item_key AS ItemKey, file_path AS FilePath,
        LEFT(DATE_FORMAT(create_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS CreateDate,
        LEFT(DATE_FORMAT(modify_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS ModifyDate,
        product_id AS ProductId, attributes AS Attributes, feature AS Feature, feature_object AS FeatureObject
        """;

    private readonly SessionPool _pool;
    private readonly TableSchemas _schemas;
    private readonly TimeProvider _time;

    // A name of its own, so that all processes, including this one's catalog, read its changes.
    private readonly string _writer = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Uses the connections of a catalog, which must outlive it.</summary>
    public MySqlTableTransfer(MySqlCatalog catalog, TimeProvider time) => (_pool, _schemas, _time) = (catalog.Pool, catalog.Schemas, time);

    /// <summary>Checks that the database exists; opening a catalog would create it.</summary>
    /// <exception cref="CatalogException">It does not exist, or the server can't be reached.</exception>
    public static async Task RequireDatabaseAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        var pool = new SessionPool(options, new MySqlRetry(options, NullLogger.Instance));
        await using (pool.ConfigureAwait(false))
        {
            await pool.RunAsync(db => db.FirstAsync<int>("SELECT 1"), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks, without making anything, whether the database has a catalog; opening one makes it.</summary>
    /// <returns>False also where there is no such database.</returns>
    /// <exception cref="CatalogException">The server can't be reached.</exception>
    public static Task<bool> HasCatalogAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        return new MySqlRetry(options, NullLogger.Instance).RunAsync(
            async () =>
            {
                var outside = MySqlDriver.Source(options, null);
                await using (outside.ConfigureAwait(false))
                {
                    var connection = await outside.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                    await using (connection.ConfigureAwait(false))
                    {
                        return await connection.ExecuteScalarAsync<long>(
                            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = @database AND table_name = 'imagesearch$tables'",
                            new { database = options.Database }).ConfigureAwait(false) > 0;
                    }
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<TableExtent>> ReadExtentAsync(TableGeneration table, CancellationToken cancellationToken) =>
        ReadAsync<TableExtent>(
            table,
            async db => await db.FirstAsync<TableExtent>(
                $"""
                SELECT (SELECT COUNT(*) FROM {new TableSql(table).Table}) AS `Rows`,
                    CAST(GREATEST(g.last_id, ({new TableSql(table).GreatestIssued})) AS SIGNED) AS LastId
                FROM `imagesearch$tables` g WHERE {TableRegistry.WhereLive}
                """,
                TableRegistry.Key(table)).ConfigureAwait(false) is { } extent ? extent : CatalogFailures.TableDropped(table),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<StoredRow>>> ReadRowsAsync(
        TableGeneration table, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 10_000);

        // The column is unsigned.
        var from = Math.Max(after, -1);
        return SelectAsync(
            table, string.Create(CultureInfo.InvariantCulture, $"id > {from} AND id <= {long.MaxValue} ORDER BY id LIMIT {count}"), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<StoredRow>>> FindRowsAsync(
        TableGeneration table, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        SelectAsync(table, $"id IN ({SqlList.Of(ids.Where(id => id >= 0))}) ORDER BY id", cancellationToken);

    /// <inheritdoc/>
    public Task<Result<IReadOnlyList<long>>> InsertRowsAsync(
        TableGeneration table, IReadOnlyList<StoredRow> rows, CancellationToken cancellationToken)
    {
        var insert = new MySqlRowTransfer(table, rows, _schemas, _writer, CatalogTime.Text(_time));
        return ReadAsync(table, insert.RunAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Result<Done>> RaiseLastIdAsync(TableGeneration table, long lastId, CancellationToken cancellationToken) =>
        ReadAsync<Done>(
            table,
            async db =>
            {
                await db.ExecuteAsync(
                    $"UPDATE `imagesearch$tables` g SET g.last_id = GREATEST(g.last_id, @lastId) WHERE {TableRegistry.WhereLive}",
                    new { lastId, G = table.Number, N = table.Name.Value, V = table.VectorSet }).ConfigureAwait(false);
                return default(Done);
            },
            cancellationToken);

    private Task<Result<IReadOnlyList<StoredRow>>> SelectAsync(TableGeneration table, string which, CancellationToken cancellationToken) =>
        ReadAsync(
            table,
            async db => Result.Success<IReadOnlyList<StoredRow>>(
                await db.QueryAsync<StoredRow>($"SELECT {Columns} FROM {new TableSql(table).Table} WHERE {which}").ConfigureAwait(false)),
            cancellationToken);

    private Task<Result<T>> ReadAsync<T>(TableGeneration table, Func<MySqlSession, Task<Result<T>>> work, CancellationToken cancellationToken) =>
        _pool.RunAsync<Result<T>>(
            async db =>
            {
                if (!await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false)) return CatalogFailures.TableDropped(table);
                try
                {
                    return await work(db).ConfigureAwait(false);
                }
                catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchTable)
                {
                    // It was dropped between the two statements.
                    if (await TableRegistry.IsLiveAsync(db, table).ConfigureAwait(false)) throw;
                    return CatalogFailures.TableDropped(table);
                }
            },
            cancellationToken);
}
