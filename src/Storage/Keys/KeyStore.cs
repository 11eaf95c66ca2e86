using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Keys;

/// <summary>API keys in the database of a catalog, which outlives the store.</summary>
public sealed class KeyStore : IKeyStore
{
    private readonly IStatementDatabase _database;
    private readonly KeySql _sql;
    private readonly TimeProvider _time;

    /// <summary>Keeps keys in MySQL.</summary>
    /// <param name="catalog">Its connections are used.</param>
    /// <param name="time">Dates changes.</param>
    public KeyStore(MySqlCatalog catalog, TimeProvider time)
        : this(new MySqlStatements(catalog), MySqlKeyTables.Sql, time)
    {
    }

    /// <summary>Keeps keys in SQLite.</summary>
    /// <param name="catalog">Its file is used.</param>
    /// <param name="time">Dates changes.</param>
    public KeyStore(SqliteCatalog catalog, TimeProvider time)
        : this(new SqliteStatements(catalog), SqliteKeyTables.Sql, time)
    {
    }

    private KeyStore(IStatementDatabase database, KeySql sql, TimeProvider time) => (_database, _sql, _time) = (database, sql, time);

    /// <inheritdoc/>
    public Task CreateAsync(ApiKey key, string hash, AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _database.ExecuteAsync(
            new Statement(_sql.Create, [.. ValuesOf(key), ("@hash", hash), ("@created", CatalogTime.Text(_time))]), [RecordOf(entry)], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ApiKey?> FindByHashAsync(string hash, CancellationToken cancellationToken) =>
        FindAsync(new Statement(_sql.FindByHash, ("@hash", hash), ("@now", CatalogTime.Text(_time))), cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => FindAsync(new Statement(_sql.Find, ("@id", id)), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int count, CancellationToken cancellationToken) =>
        await _database.QueryAsync(new Statement(_sql.List, ("@after", after ?? ""), ("@limit", count)), KeyRow.Read, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> ChangeAsync(ApiKey key, AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var change = new Statement(_sql.Change, [.. ValuesOf(key), ("@revision", key.Revision)]);
        return await _database.ExecuteAsync(change, [RecordOf(entry)], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task<bool> RotateAsync(string id, string hash, DateTimeOffset? graceEnd, AuditEntry entry, CancellationToken cancellationToken)
    {
        var rotate = new Statement(
            _sql.Rotate, ("@id", id), ("@hash", hash), ("@until", graceEnd is { } end ? CatalogTime.Text(end) : null), ("@now", CatalogTime.Text(_time)));
        await _database.ExecuteAsync(rotate, [RecordOf(entry)], cancellationToken).ConfigureAwait(false);
        // A statement that is sent again, because its answer was lost, changes nothing.
        return await FindByHashAsync(hash, cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string id, long? revision, AuditEntry entry, CancellationToken cancellationToken) =>
        await _database.ExecuteAsync(new Statement(_sql.Delete, ("@id", id), ("@revision", revision)), [RecordOf(entry)], cancellationToken)
            .ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public Task TouchAsync(ApiKey key, TimeSpan interval, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var now = _time.GetUtcNow();
        var before = CatalogTime.Text(now - interval);
        // Most calls end here. Another process may have recorded a use since the key was read: the statement tests it again.
        return key.LastUsed is { } used && string.CompareOrdinal(used, before) > 0
            ? Task.CompletedTask
            : _database.ExecuteAsync(
                new Statement(_sql.Touch, ("@id", key.Id), ("@now", CatalogTime.Text(now)), ("@before", before)), [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task RecordAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return _database.ExecuteAllAsync([.. entries.Select(RecordOf)], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditEntry>> ListAuditAsync(long? before, int count, CancellationToken cancellationToken) =>
        await _database.QueryAsync(new Statement(_sql.ListAudit, ("@before", before), ("@limit", count)), KeyRow.ReadEntry, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public Task SweepAuditAsync(DateTimeOffset oldest, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(new Statement(_sql.SweepAudit, ("@oldest", CatalogTime.Text(oldest))), [], cancellationToken);

    private async Task<ApiKey?> FindAsync(Statement statement, CancellationToken cancellationToken)
    {
        var keys = await _database.QueryAsync(statement, KeyRow.Read, cancellationToken).ConfigureAwait(false);
        return keys.Count > 0 ? keys[0] : null;
    }

    private Statement RecordOf(AuditEntry entry) => new(
        _sql.Record,
        ("@date", entry.Date), ("@who", entry.Who), ("@action", entry.Action), ("@target", entry.Target), ("@address", entry.Address),
        ("@outcome", entry.Outcome), ("@detail", entry.Detail));

    private static IEnumerable<(string Name, object? Value)> ValuesOf(ApiKey key) =>
    [
        ("@id", key.Id), ("@name", key.Name), ("@scopes", KeyRow.Scopes(key)), ("@tables", KeyRow.Tables(key)), ("@rate", key.CallsPerSecond),
        ("@burst", key.Burst), ("@rows", key.MaxRows), ("@count", key.MaxTables), ("@expires", key.Expires), ("@disabled", key.IsDisabled ? 1 : 0),
    ];
}
