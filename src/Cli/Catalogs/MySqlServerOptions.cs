using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options of a MySQL server. Their variables are the settings of the service.</summary>
internal sealed class MySqlServerOptions
{
    private const int PoolSize = 8;

    private static readonly MySqlOptions Defaults = new() { Host = "localhost", User = "root", Database = "imagesearch", PoolSize = PoolSize };

    private readonly SettingOption<string> _host = new(
        "--mysql-host", null, MilvusServerOptions.HostName("--mysql-port"), null, "The MySQL or MariaDB server.");

    private readonly SettingOption<int> _port = new("--mysql-port", Variables.MySqlPort, ValueFormats.Port, Defaults.Port, "Its port.");

    private readonly SettingOption<string> _user = new(
        "--mysql-user", Variables.MySqlUser, ValueFormats.Text, Defaults.User,
        $"The user. The password is read from the variable {Variables.MySqlPassword}, so that it does not appear in process lists.");

    private readonly SettingOption<string> _database = new(
        "--mysql-db", Variables.MySqlDatabase, ValueFormats.Matching(text => text.Length is >= 1 and <= 64, "the name of a database, at most 64 characters"),
        null, "The database.");

    private readonly SettingOption<MySqlTls> _tls = new(
        "--mysql-tls", Variables.MySqlTls, ValueFormats.Enum<MySqlTls>(), Defaults.Tls,
        $"Protection of the connection: {string.Join(", ", Enum.GetNames<MySqlTls>())}.");

    /// <param name="command">The command.</param>
    /// <param name="required">Whether the command works on MySQL only.</param>
    public void AddTo(Command command, bool required)
    {
        _host.Option.Required = required;
        foreach (var option in new[] { _host.Option, _port.Option, _user.Option, _database.Option, _tls.Option }) command.Add(option);
        OptionReader.Validate(command, Read);
    }

    /// <summary>The server; null if the command line names none.</summary>
    public MySqlOptions? Read(ParseResult parsed) => OptionReader.Read(parsed, Read);

    private MySqlOptions? Read(OptionReader reader)
    {
        if (reader.Value(_host) is not { } host) return null;
        if (!reader.IsSet(_database))
            reader.AddError($"{_host.Option.Name} is set, but {_database.Option.Name} (or {Variables.MySqlDatabase}) is not: set it to the database");
        return Defaults with
        {
            Host = host,
            Port = reader.Value(_port),
            User = reader.Value(_user)!,
            Password = Variables.Read(Variables.MySqlPassword) ?? "",
            Database = reader.Value(_database) ?? "",
            Tls = reader.Value(_tls),
        };
    }
}
