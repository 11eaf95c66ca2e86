using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage.Sqlite.Sessions;

/// <summary>A connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // More than there are distinct statements: a bound in case statements are generated at run time.
    private const int MaxStatements = 256;

    // A backup makes the write-ahead log grow. It shrinks to this when it is next reused.
    private const int MaxIdleLogBytes = 64 << 20;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>False outside a transaction, including after SQLite itself has rolled one back.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>The native connection, for calls that the driver does not have.</summary>
    public sqlite3 Handle => _connection.Handle!;

    /// <summary>SQLite's own version.</summary>
    public string Version => _connection.ServerVersion;

    public static SqliteSession OpenWriter(SqliteOptions options) =>
        Open(options, SqliteOpenMode.ReadWriteCreate, $"PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = {MaxIdleLogBytes};");

    public static SqliteSession OpenReader(SqliteOptions options) =>
        Open(options, SqliteOpenMode.ReadOnly, "PRAGMA query_only = ON;");

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteNonQuery();

    /// <summary>Executes a statement that is not repeated, without keeping it prepared.</summary>
    public int ExecuteOnce(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var rows = Bind(sql, values).ExecuteNonQuery();
        if (_statements.Remove(sql, out var command)) command.Dispose();
        return rows;
    }

    /// <summary>The first value, or null if there is no row or the value is NULL.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Bind(sql, values).ExecuteScalar() is { } value and not DBNull ? value : null;

    /// <summary>The rows. Disposing the reader resets the statement for its next use.</summary>
    public SqliteDataReader Query(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Bind(sql, values).ExecuteReader();

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }

    private static SqliteSession Open(SqliteOptions options, SqliteOpenMode mode, string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.DatabasePath,
            Mode = mode,
            // The driver's pool keeps files open after the catalog is closed, and passes a reader's query_only to the next user.
            Pooling = false,
            // Only how long the driver itself retries after the busy timeout.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Execute($"PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}");

            // Memory-mapping makes reading texts a quarter faster, but a disk fault would then kill the process instead of failing the
            // read.
            session.Execute("PRAGMA mmap_size = 0");
            session.Execute(pragmas);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_statements.TryGetValue(sql, out var command))
        {
            if (_statements.Count == MaxStatements)
            {
                Forget();
            }

            command = _connection.CreateCommand();
            // Every statement is a constant of this assembly, at most with a validated table name in it.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            _statements.Add(sql, command);
        }

        command.Parameters.Clear();
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private void Forget()
    {
        foreach (var command in _statements.Values)
        {
            command.Dispose();
        }

        _statements.Clear();
    }
}
