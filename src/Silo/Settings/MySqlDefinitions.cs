using ImageSearch.ServiceDefaults.Settings;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="MySqlSettings"/>.</summary>
internal static class MySqlDefinitions
{
    public static readonly OptionalTextSetting Host = new("MYSQL_HOST", "host name or IP address", "MySQL or MariaDB server that stores the catalog.")
    {
        Accepts = HostName.IsValid,
        ErrorBound = "the name or address of a server, without a port (that is MYSQL_PORT)",
    };

    public static readonly PortSetting Port = new("MYSQL_PORT", MySqlLimits.DefaultPort, "Port of the server.");

    public static readonly OptionalTextSetting User = new("MYSQL_USER", "text", "User name.");

    public static readonly OptionalTextSetting Password = new("MYSQL_PWD", "text", "Password.");

    public static readonly TextSetting Database = new("MYSQL_DB", "imagesearch", $"at most {MySqlLimits.MaxDatabaseName} characters", "Database.")
    {
        Accepts = name => name.Length <= MySqlLimits.MaxDatabaseName && !name.Contains('\0', StringComparison.Ordinal),
        ErrorBound = $"the name of a database, at most {MySqlLimits.MaxDatabaseName} characters",
    };

    public static readonly EnumSetting<MySqlTls> Tls = new("MYSQL_TLS", MySqlTls.Preferred, "`preferred` uses TLS if the server supports it.");

    public static readonly NumberSetting PoolSize = new(
        "MYSQL_POOL", MySqlLimits.DefaultPoolSize, MySqlLimits.MinPoolSize, MySqlLimits.MaxPoolSize, "connections",
        "Maximum number of connections of this process.");
}
