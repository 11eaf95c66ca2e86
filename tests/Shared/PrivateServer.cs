using System.Data.Common;
using System.Globalization;
using ImageSearch.Storage.MySql;
using MySqlConnector;

namespace ImageSearch.Testing;

/// <summary>A MariaDB server for one test that kills it or sets it read-only. Its user has all rights on the database shop only.</summary>
public sealed class PrivateServer : IAsyncDisposable
{
    private readonly ServerScript _script = new("mariadb");
    private DbConnectionStringBuilder _address = [];

    public MySqlOptions Options => new()
    {
        Host = (string)_address["host"],
        Port = int.Parse((string)_address["port"], CultureInfo.InvariantCulture),
        User = "shop",
        Password = (string)_address["password"],
        Database = "shop",
        PoolSize = 6,
    };

    /// <summary>The settings of a service that uses this server.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["MYSQL_HOST"] = Options.Host,
        ["MYSQL_PORT"] = Options.Port.ToString(CultureInfo.InvariantCulture),
        ["MYSQL_USER"] = Options.User,
        ["MYSQL_PWD"] = Options.Password,
        ["MYSQL_DB"] = Options.Database,
    };

    public static async Task<PrivateServer> StartAsync()
    {
        var server = new PrivateServer();
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync() => _address = new DbConnectionStringBuilder { ConnectionString = await _script.StartAsync() };

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _script.KillAsync();

    /// <summary>Runs SQL as the administrator.</summary>
    public Task ExecuteAsync(string sql) => RunSqlAsync(sql);

    /// <summary>Reads a number as the administrator.</summary>
    public async Task<long> NumberAsync(string sql) => Convert.ToInt64(await RunSqlAsync(sql), CultureInfo.InvariantCulture);

    private async Task<object?> RunSqlAsync(string sql)
    {
        await using var connection = new MySqlConnection(
            $"Server={Options.Host};Port={_address["port"]};User ID={_address["user"]};Password={Options.Password};Pooling=False");
        await connection.OpenAsync();
        await using var command = TestDatabase.Command(connection, sql, []);
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
