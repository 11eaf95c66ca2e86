using System.Data;
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

    private const int MostPrepared = 16;

    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(2);

    private readonly DbConnection _connection;
    private readonly QueryCount _queries;
    private readonly TimeSpan _patience;
    private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

    private MySqlSession(DbConnection connection, MySqlOptions options, QueryCount queries)
    {
        (_connection, _queries) = (connection, queries);
        _patience = options.StatementTimeout;
    }

    /// <summary>When it was last known to be well, as <see cref="TimeProvider.GetTimestamp"/> of the system counts.</summary>
    public long LastUsed { get; private set; } = TimeProvider.System.GetTimestamp();

    /// <summary>The largest statement that the server takes, in bytes.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>The server may have ended it meanwhile.</summary>
    public bool IsStale => TimeProvider.System.GetElapsedTime(LastUsed).TotalSeconds > IdleSeconds / 3;

    public static async Task<MySqlSession> OpenAsync(DbDataSource source, MySqlOptions options, QueryCount queries)
    {
        var connection = source.CreateConnection();
        var session = new MySqlSession(connection, options, queries);
        try
        {
            // The driver's own timeout covers the connection, not the conversation after it.
            await InTimeAsync(Task.Run(connection.Open), 2 * options.ConnectTimeout).ConfigureAwait(false);
            await session.PrepareAsync(options).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<int> ExecuteAsync(string sql, object? values = null) => SendAsync(() => _connection.Execute(StatementParameters.Command(sql, values)));

    public Task<List<T>> QueryAsync<T>(string sql, object? values = null) =>
        SendAsync(() => _connection.Query<T>(StatementParameters.Command(sql, values)).AsList());

    public async Task<T?> FirstAsync<T>(string sql, object? values = null)
    {
        var rows = await QueryAsync<T>(sql, values).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0] : default;
    }

    /// <summary>Reads the rows of a statement one by one.</summary>
    /// <returns>Whether a second statement in the text, where there is one, has rows.</returns>
    public Task<bool> ReadAsync(string sql, object? values, Action<DbDataReader> row) =>
        SendAsync(() =>
        {
            using var reader = (DbDataReader)_connection.ExecuteReader(StatementParameters.Command(sql, values));
            while (reader.Read()) row(reader);
            return reader.NextResult() && reader.Read();
        });

    /// <summary>Runs a statement that is prepared at its first use and stays so as long as the connection.</summary>
    /// <param name="sql">The statement; its parameters are <c>@p0</c> and on.</param>
    /// <param name="values">A value for each, a number or a text; null only for texts.</param>
    public Task ExecutePreparedAsync(string sql, IReadOnlyList<object?> values) => SendAsync(() =>
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            // Another data set's turn; the server has a limit on them for all its clients together.
            if (_prepared.Count == MostPrepared) ForgetPrepared();
            _prepared.Add(sql, command = Prepare(sql, values));
        }

        for (var i = 0; i < values.Count; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    });

    public async ValueTask DisposeAsync()
    {
        // The prepared statements end with the connection; ending each would talk to a server that may be gone.
        try
        {
            // It says good-bye to a server that may be gone, and may wait for what is under way.
            await InTimeAsync(Task.Run(() => _connection.DisposeAsync().AsTask()), FarewellPatience).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The process is done with it either way.
        }
    }

    private DbCommand Prepare(string sql, IReadOnlyList<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.DbType = values[i] is long ? DbType.Int64 : DbType.String;
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }

    private void ForgetPrepared()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    // MySql.Data's asynchronous calls know no timeout and take about twice the time of the others (measured on results of 2.7 KB a row);
    // there are no more at a time than connections.
    private async Task<T> SendAsync<T>(Func<T> statement)
    {
        _queries.Add();
        var sent = Task.Run(statement);
        await InTimeAsync(sent, _patience + FarewellPatience).ConfigureAwait(false);
        LastUsed = TimeProvider.System.GetTimestamp();
        return await sent.ConfigureAwait(false);
    }

    // Beside the driver's own timeouts, which not every wait of its heeds. What is left behind ends when the session is disposed.
    private static async Task InTimeAsync(Task work, TimeSpan patience)
    {
        try
        {
            await work.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            _ = work.ContinueWith(
                static abandoned => abandoned.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
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
