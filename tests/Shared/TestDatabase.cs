using System.Data.Common;
using System.Globalization;
using ImageSearch.Storage.MySql;
using MySqlConnector;

namespace ImageSearch.Testing;

/// <summary>
/// A test's own database on the server of the environment variable MYSQL_TEST_SERVER
/// (<c>host=127.0.0.1;port=3306;user=…;password=…</c>). Disposing drops it.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    public const string Variable = "MYSQL_TEST_SERVER";

    private TestDatabase(MySqlOptions options) => Options = options;

    public MySqlOptions Options { get; }

    /// <summary>Why tests that need the server are skipped; null if they run.</summary>
    public static string? SkipReason =>
        Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } && Environment.GetEnvironmentVariable("SERVICES_REQUIRED") is not { Length: > 0 }
            ? $"the environment variable {Variable} is not set"
            : null;

    /// <summary>The settings of a service that uses this database.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["MYSQL_HOST"] = Options.Host,
        ["MYSQL_PORT"] = Options.Port.ToString(CultureInfo.InvariantCulture),
        ["MYSQL_USER"] = Options.User,
        ["MYSQL_PWD"] = Options.Password,
        ["MYSQL_DB"] = Options.Database,
    };

    /// <summary>Chooses a name; the service or catalog creates the database.</summary>
    public static TestDatabase Create()
    {
        var server = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException(
                $"{Variable} is not set, but SERVICES_REQUIRED is: start a server (.ci/mariadb start FOLDER prints it), or unset SERVICES_REQUIRED");
        var parts = new DbConnectionStringBuilder { ConnectionString = server };
        return new TestDatabase(
            new MySqlOptions
            {
                Host = (string)parts["host"],
                Port = int.Parse((string)parts["port"], CultureInfo.InvariantCulture),
                User = (string)parts["user"],
                Password = (string)parts["password"],
                Database = $"test_{Guid.NewGuid():N}",
                PoolSize = 8,
            });
    }

    /// <summary>A separate connection, as for a shop's own SQL.</summary>
    public async Task<DbConnection> ConnectAsync(string? database = null)
    {
        var connection = new MySqlConnection(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Server={Options.Host};Port={Options.Port};User ID={Options.User};Password={Options.Password};"
                + $"Database={database ?? Options.Database};Pooling=False"));
        await connection.OpenAsync();
        return connection;
    }

    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> ScalarAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var connection = await ConnectAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    public async Task<long> NumberAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await using var connection = await ConnectAsync("mysql");
        await using var command = Command(connection, $"DROP DATABASE IF EXISTS `{Options.Database}`", []);
        await command.ExecuteNonQueryAsync();
    }

    public static DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        // The SQL consists of the tests' constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
