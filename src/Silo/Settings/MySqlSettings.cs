using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of a catalog in MySQL or MariaDB, which MYSQL_HOST asks for.</summary>
internal static class MySqlSettings
{
    private static readonly string[] OfHost = ["MYSQL_PORT", "MYSQL_USER", "MYSQL_PWD", "MYSQL_DB", "MYSQL_TLS", "MYSQL_POOL"];

    public static MySqlOptions? Read(SettingReader read)
    {
        if (read.Text("MYSQL_HOST") is not { } host)
        {
            // Storing in SQLite what somebody wants in MySQL would look like success until the pictures are looked for.
            foreach (var name in OfHost.Where(name => read.Text(name) is not null && !read.RefuseServiceLink(name)))
                read.Refuse($"{name} is set, but MYSQL_HOST is not: set MYSQL_HOST to keep the catalog in MySQL, or unset {name}");
            return null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            read.Refuse("MYSQL_HOST", host, "the name or address of a server, without a port (that is MYSQL_PORT)");
        var user = read.Text("MYSQL_USER");
        if (user is null) read.Refuse("MYSQL_HOST is set, but MYSQL_USER is not: set it to the user of the database");
        var database = read.Text("MYSQL_DB") ?? "imagesearch";
        if (database.Length > 64 || database.Contains('\0', StringComparison.Ordinal))
            read.Refuse("MYSQL_DB", database, "the name of a database, at most 64 characters");
        return new MySqlOptions
        {
            Host = host,
            Port = read.Port("MYSQL_PORT", 3306),
            User = user ?? "",
            Password = read.Text("MYSQL_PWD") ?? "",
            Database = database,
            Tls = read.Choice("MYSQL_TLS", MySqlTls.Preferred),
            PoolSize = read.Number("MYSQL_POOL", 16, 3, 1000),
        };
    }
}
