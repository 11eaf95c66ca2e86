using System.Data.Common;
using System.Globalization;
using Dapper;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// A connection with the session settings that the catalog's SQL needs. Used by one call at a time; after a failure it is closed, because
/// its state is unknown.
/// </summary>
internal sealed class MySqlSession : IAsyncDisposable
{
    // The server closes an idle connection after this. It bounds how long the locks of a machine that vanished during a transaction remain.
    private const int IdleSeconds = 60;

    private readonly DbConnection _connection;
    private readonly QueryCount _queries;

    private MySqlSession(DbConnection connection, QueryCount queries) => (_connection, _queries) = (connection, queries);

    /// <summary>When it last completed a statement, as a timestamp of the system's <see cref="TimeProvider"/>.</summary>
    public long LastUsed { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>The largest packet that the server accepts, in bytes.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>Idle for so long that the server may have closed it.</summary>
    public bool IsStale => TimeProvider.System.GetElapsedTime(LastUsed).TotalSeconds > IdleSeconds / 3;

    public static async Task<MySqlSession> OpenAsync(
        DbDataSource source, MySqlOptions options, QueryCount queries, CancellationToken cancellationToken = default)
    {
        var session = new MySqlSession(source.CreateConnection(), queries);
        try
        {
            await session._connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await session.PrepareAsync(options, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<int> ExecuteAsync(string sql, object? values = null, CancellationToken cancellationToken = default)
    {
        _queries.Add();
        var rows = await _connection.ExecuteAsync(StatementParameters.Command(sql, values, cancellationToken)).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return rows;
    }

    /// <summary>Executes a statement that may take as long as it needs.</summary>
    public async Task<int> ExecuteLongAsync(string sql, object? values = null)
    {
        _queries.Add();
        var rows = await _connection.ExecuteAsync(StatementParameters.Command(sql, values, CancellationToken.None, Timeout.InfiniteTimeSpan)).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return rows;
    }

    public async Task<List<T>> QueryAsync<T>(string sql, object? values = null, CancellationToken cancellationToken = default)
    {
        _queries.Add();
        var rows = await _connection.QueryAsync<T>(StatementParameters.Command(sql, values, cancellationToken)).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return rows.AsList();
    }

    public async Task<T?> FirstAsync<T>(string sql, object? values = null, CancellationToken cancellationToken = default)
    {
        var rows = await QueryAsync<T>(sql, values, cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>The first row of one statement, or null, and all rows of the next one.</summary>
    public async Task<(TFirst? First, List<TRest> Others)> FirstAndRestAsync<TFirst, TRest>(string sql, object? values)
    {
        _queries.Add();
        var results = await _connection.QueryMultipleAsync(StatementParameters.Command(sql, values, CancellationToken.None)).ConfigureAwait(false);
        await using (results.ConfigureAwait(false))
        {
            var first = (await results.ReadAsync<TFirst>().ConfigureAwait(false)).FirstOrDefault();
            var others = (await results.ReadAsync<TRest>().ConfigureAwait(false)).AsList();
            LastUsed = TimeProvider.System.GetTimestamp();
            return (first, others);
        }
    }

    /// <summary>Reads the rows of a statement.</summary>
    /// <returns>Whether the text has a second statement that returns rows.</returns>
    public async Task<bool> ReadAsync(string sql, object? values, Action<DbDataReader> row, CancellationToken cancellationToken = default) =>
        await ReadAsync(sql, values, row, static _ => true, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the rows of a statement, and the first row of a second one.</summary>
    /// <returns>What <paramref name="last"/> read; the default if the second statement returns no row.</returns>
    public async Task<T?> ReadAsync<T>(
        string sql, object? values, Action<DbDataReader> row, Func<DbDataReader, T> last, CancellationToken cancellationToken)
    {
        _queries.Add();
        var reader = await _connection.ExecuteReaderAsync(StatementParameters.Command(sql, values, cancellationToken)).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) row(reader);
            var more = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false)
                && await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            LastUsed = TimeProvider.System.GetTimestamp();
            return more ? last(reader) : default;
        }
    }

    /// <summary>Closes the connection. The server rolls back its open transaction and releases its locks.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The connection is discarded either way.
        }
    }

    // The catalog's SQL needs strict mode, backslash escapes (which the driver writes) and UTC. READ COMMITTED lets a transaction that
    // waited for a lock see what the previous holder wrote. A server-wide sql_safe_updates would reject the sweeps, whose conditions use
    // no key.
    private async Task PrepareAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        var lockSeconds = ((int)options.LockTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, sql_safe_updates = 0, "
            + $"innodb_lock_wait_timeout = {lockSeconds}, lock_wait_timeout = {lockSeconds}, wait_timeout = {IdleSeconds}; "
            + "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", cancellationToken: cancellationToken).ConfigureAwait(false);
        MaxPacket = await FirstAsync<long>("SELECT @@max_allowed_packet", cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
