using System.CommandLine;
using System.Globalization;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that name a MySQL server; the service's settings of the same names are their defaults.</summary>
internal sealed class MySqlServerOptions
{
    private readonly Option<string?> _host = new("--mysql-host") { Description = "The MySQL or MariaDB server." };

    private readonly Option<int> _port = new("--mysql-port")
    {
        Description = "Its port. Default: the variable MYSQL_PORT, or 3306.",
        DefaultValueFactory = _ => int.TryParse(Variable("MYSQL_PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 3306,
    };

    private readonly Option<string> _user = new("--mysql-user")
    {
        Description = "The user; the password comes from the variable MYSQL_PWD, so that no list of processes shows it. Default: MYSQL_USER, or root.",
        DefaultValueFactory = _ => Variable("MYSQL_USER") ?? "root",
    };

    private readonly Option<string?> _database = new("--mysql-db")
    {
        Description = "The database. Default: the variable MYSQL_DB.",
        DefaultValueFactory = _ => Variable("MYSQL_DB"),
    };

    private readonly Option<MySqlTls> _tls = new("--mysql-tls")
    {
        Description = "Protection of the connection. Default: the variable MYSQL_TLS, or Preferred.",
        DefaultValueFactory = _ => Enum.TryParse<MySqlTls>(Variable("MYSQL_TLS"), ignoreCase: true, out var tls) ? tls : MySqlTls.Preferred,
    };

    /// <param name="command">Gets the options.</param>
    /// <param name="required">The command has no other place to work on.</param>
    public void AddTo(Command command, bool required)
    {
        _host.Required = required;
        _port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65_535) result.AddError("--mysql-port must be 1 to 65535.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_host) is { Length: > 0 } && result.GetValue(_database) is not { Length: > 0 and <= 64 })
                result.AddError("--mysql-db (or the variable MYSQL_DB) must name the database, with at most 64 characters.");
        });
        foreach (var option in new Option[] { _host, _port, _user, _database, _tls }) command.Add(option);
    }

    /// <summary>The server, or null where none is named.</summary>
    public MySqlOptions? Read(ParseResult parsed) => parsed.GetValue(_host) is not { Length: > 0 } host ? null : new MySqlOptions
    {
        Host = host,
        Port = parsed.GetValue(_port),
        User = parsed.GetValue(_user)!,
        Password = Variable("MYSQL_PWD") ?? "",
        Database = parsed.GetValue(_database)!,
        Tls = parsed.GetValue(_tls),
        PoolSize = 8,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
