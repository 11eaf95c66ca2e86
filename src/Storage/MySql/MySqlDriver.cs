using System.Data.Common;
#if MYSQLCONNECTOR
using MySqlConnector;
#else
using MySql.Data.MySqlClient;
#endif

namespace ImageSearch.Storage;

/// <summary>
/// The one place that names the driver. The property MySqlDriver in Storage.csproj chooses it: MySql.Data, or MySqlConnector.
/// </summary>
internal static class MySqlDriver
{
    /// <summary>The driver's name among ADO.NET providers.</summary>
#if MYSQLCONNECTOR
    public const string Invariant = "MySql.Data.MySqlConnector";
#else
    public const string Invariant = "MySql.Data.MySqlClient";
#endif

    /// <summary>Makes connections, each a new one: <see cref="SessionPool"/> keeps them, for it knows which are prepared.</summary>
    /// <param name="options">The server.</param>
    /// <param name="database">The database to be in, or null for none.</param>
    public static DbDataSource Source(MySqlOptions options, string? database)
    {
        var text = ConnectionString(options, database);
#if MYSQLCONNECTOR
        return MySqlConnectorFactory.Instance.CreateDataSource(text);
#else
        return MySqlClientFactory.Instance.CreateDataSource(text);
#endif
    }

    /// <summary>How to connect, with the password. Without a pool.</summary>
    /// <param name="options">The server.</param>
    /// <param name="database">The database to be in, or null for none.</param>
    public static string ConnectionString(MySqlOptions options, string? database)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            Server = options.Host,
            Port = (uint)options.Port,
            UserID = options.User,
            Password = options.Password,
            Database = database ?? "",
            CharacterSet = "utf8mb4",
            ConnectionTimeout = (uint)options.ConnectTimeout.TotalSeconds,
            DefaultCommandTimeout = (uint)options.StatementTimeout.TotalSeconds,
            Pooling = false,
            // A shop's own tables may hold 0000-00-00; such a date must not make a row unreadable.
            ConvertZeroDateTime = true,
            SslMode = options.Tls switch
            {
#if MYSQLCONNECTOR
                MySqlTls.Off => MySqlSslMode.None,
#else
                MySqlTls.Off => MySqlSslMode.Disabled,
#endif
                MySqlTls.Required => MySqlSslMode.Required,
                MySqlTls.VerifyCA => MySqlSslMode.VerifyCA,
                MySqlTls.VerifyFull => MySqlSslMode.VerifyFull,
                _ => MySqlSslMode.Preferred,
            },
            // Without TLS, MySQL 8 sends the key that the password is encrypted with.
            AllowPublicKeyRetrieval = true,
            UseCompression = false,
        };
        return settings.ConnectionString;
    }

    /// <summary>The server's or driver's error number; 0 where the connection broke or nothing is known.</summary>
    public static int ErrorNumber(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException!)
        {
            if (e is MySqlException { Number: > 0 } numbered) return (int)numbered.Number;
        }

        return 0;
    }
}
