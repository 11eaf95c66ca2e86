using System.Data.Common;
using System.Globalization;
using Dapper;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// One connection that is prepared for the catalog's SQL. Used by one call at a time; after a failure it is thrown away, for its state is
/// not known then.
/// </summary>
internal sealed class MySqlSession : IAsyncDisposable
{
    // The server ends an idle connection after this. A machine that vanishes in mid-transaction leaves its locks for no longer.
    private const int IdleSeconds = 60;

    private readonly DbConnection _connection;
    private readonly QueryCount _queries;

    private MySqlSession(DbConnection connection, QueryCount queries) => (_connection, _queries) = (connection, queries);

    /// <summary>When it was last known to be well, as <see cref="TimeProvider.GetTimestamp"/> of the system counts.</summary>
    public long LastUsed { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>The largest statement that the server takes, in bytes.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>The server may have ended it meanwhile.</summary>
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

    /// <summary>Reads the rows of a statement one by one.</summary>
    /// <returns>Whether a second statement in the text, where there is one, has rows.</returns>
    public async Task<bool> ReadAsync(string sql, object? values, Action<DbDataReader> row, CancellationToken cancellationToken = default)
    {
        _queries.Add();
        var reader = await _connection.ExecuteReaderAsync(StatementParameters.Command(sql, values, cancellationToken)).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) row(reader);
            var more = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false)
                && await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            LastUsed = TimeProvider.System.GetTimestamp();
            return more;
        }
    }

    /// <summary>Closes the connection. The server rolls back what is open and frees the connection's locks.</summary>
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

    // The SQL here needs a strict server that reads backslashes as escapes, as the driver writes them; dates are UTC; each statement sees
    // what is committed, so that a lock that was waited for shows what its former holder wrote. A server-wide sql_safe_updates would refuse the
    // sweeps, whose conditions are no key's.
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

/// <summary>Counts statements sent to the server.</summary>
internal sealed class QueryCount
{
    private long _count;

    public long Value => Interlocked.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
