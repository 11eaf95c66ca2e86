using System.Data.Common;
using System.Globalization;
using Dapper;

namespace ImageSearch.Storage;

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

    public static async Task<MySqlSession> OpenAsync(DbDataSource source, MySqlOptions options, QueryCount queries)
    {
        var connection = source.CreateConnection();
        var session = new MySqlSession(connection, queries);
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            await session.PrepareAsync(options).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<int> ExecuteAsync(string sql, object? values = null)
    {
        _queries.Add();
        var rows = await _connection.ExecuteAsync(sql, values).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return rows;
    }

    public async Task<List<T>> QueryAsync<T>(string sql, object? values = null)
    {
        _queries.Add();
        var rows = await _connection.QueryAsync<T>(sql, values).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return rows.AsList();
    }

    public async Task<T?> FirstAsync<T>(string sql, object? values = null)
    {
        var rows = await QueryAsync<T>(sql, values).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Reads rows one by one.</summary>
    public async Task ReadAsync(string sql, object? values, Action<DbDataReader> row)
    {
        _queries.Add();
        var reader = await _connection.ExecuteReaderAsync(sql, values).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync().ConfigureAwait(false)) row(reader);
        }

        LastUsed = TimeProvider.System.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It says good-bye to a server that may be gone; the socket is closed either way.
        }
    }

    // The SQL here needs a strict server that reads backslashes as escapes, as the driver writes them; dates are UTC; each statement sees
    // what is committed, so that a lock that was waited for shows what its former holder wrote.
    private async Task PrepareAsync(MySqlOptions options)
    {
        var lockSeconds = ((int)options.LockTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await ExecuteAsync(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, "
            + $"innodb_lock_wait_timeout = {lockSeconds}, lock_wait_timeout = {lockSeconds}, wait_timeout = {IdleSeconds}; "
            + "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED").ConfigureAwait(false);
        MaxPacket = await FirstAsync<long>("SELECT @@max_allowed_packet").ConfigureAwait(false);
    }
}

/// <summary>Counts statements sent to the server.</summary>
internal sealed class QueryCount
{
    private long _count;

    public long Value => Interlocked.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);
}
