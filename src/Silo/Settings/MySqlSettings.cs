using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Silo.Settings;

/// <summary>Reads the settings of a catalog in MySQL or MariaDB, which MYSQL_HOST turns on.</summary>
public static class MySqlSettings
{
    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: the catalog is in SQLite.</returns>
    public static MySqlOptions? Read(SettingReader reader)
    {
        var host = reader.Text(MySqlDefinitions.Host);
        if (host is null)
        {
            // With the catalog in SQLite instead, everything would seem to work until someone looks for the pictures in MySQL.
            reader.Reject(SettingGroup.Of(typeof(MySqlDefinitions)), "MYSQL_HOST is not: set MYSQL_HOST to keep the catalog in MySQL");
            return null;
        }

        var user = reader.Text(MySqlDefinitions.User);
        if (user is null) reader.AddError("MYSQL_HOST is set, but MYSQL_USER is not: set it to the user of the database");
        return new MySqlOptions
        {
            Host = host,
            Port = reader.Number(MySqlDefinitions.Port),
            User = user ?? "",
            Password = reader.Text(MySqlDefinitions.Password) ?? "",
            Database = reader.Text(MySqlDefinitions.Database),
            Tls = reader.Enum(MySqlDefinitions.Tls),
            PoolSize = reader.Number(MySqlDefinitions.PoolSize),
        };
    }
}
