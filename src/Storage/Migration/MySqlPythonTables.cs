using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.MySql.Rows;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.MySql.Tables;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Migration;

/// <summary>
/// The first Python system's tables in MySQL. Nothing is written to the database before a table is adopted, not even the catalog's own
/// tables.
/// </summary>
public sealed class MySqlPythonTables : IPythonTables, IAsyncDisposable
{
    private readonly MySqlOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MySqlCatalog> _logger;
    private readonly SessionPool _pool;
    private MySqlCatalog? _catalog;

    /// <summary>Connects on the first call.</summary>
    public MySqlPythonTables(MySqlOptions options, TimeProvider time, ILogger<MySqlCatalog> logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        options.Validate();
        _pool = new SessionPool(options, new MySqlRetry(options, logger));
    }

    /// <inheritdoc/>
    public Task<PythonTable?> FindAsync(TableName name, CancellationToken cancellationToken) => _pool.RunAsync(
        async db =>
        {
            var columns = (await ColumnsAsync(db, name.Value).ConfigureAwait(false)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (columns.Count == 0) return null;
            if (TableSql.Documented.Where(column => !columns.Contains(column)).ToList() is { Count: > 0 } missing)
            {
                throw new CatalogException(
                    FailureCode.TableNameInvalid, $"{name} is not a table of the first Python system: it has no column {string.Join(", ", missing)}");
            }

            var rows = await db.FirstAsync<long>($"SELECT COUNT(*) FROM `{name}`").ConfigureAwait(false);
            var ours = TableSql.Ours.Select(column => column.Name).Where(column => !columns.Contains(column)).ToList();
            var known = (await ColumnsAsync(db, "imagesearch$tables").ConfigureAwait(false)).Count > 0;
            var record = known ? await TableRegistry.FindAsync(db, name).ConfigureAwait(false) : null;
            return new PythonTable(rows, ours, record?.Model);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PythonRow>> ReadRowsAsync(TableName name, long after, int count, CancellationToken cancellationToken)
    {
        var which = string.Create(
            CultureInfo.InvariantCulture, $"id > {Math.Max(after, -1)} AND id <= {long.MaxValue} ORDER BY id LIMIT {count}");
        return _pool.RunAsync<IReadOnlyList<PythonRow>>(
            async db => await db.QueryAsync<PythonRow>(
                $"SELECT CAST(id AS SIGNED) AS Id, tags AS Tags, brief AS Brief, feature AS Feature FROM `{name}` WHERE {which}")
                .ConfigureAwait(false),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Result<AdoptedTable>> AdoptAsync(
        TableName name, ModelIdentity model, Metric metric, CancellationToken cancellationToken)
    {
        _catalog ??= await MySqlCatalog.OpenAsync(_options, _time, _logger, cancellationToken).ConfigureAwait(false);
        var adopted = await _catalog.AdoptTableAsync(name, model, metric, cancellationToken).ConfigureAwait(false);
        return adopted.TryGet(out var record, out var failure) ? new AdoptedTable(record, _catalog) : failure;
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_catalog is not null) await _catalog.DisposeAsync().ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
    }

    private static Task<List<string>> ColumnsAsync(MySqlSession db, string table) => db.QueryAsync<string>(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = @table", new { table });
}
