using MySqlConnector;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>How the driver, MySqlConnector, is set up.</summary>
internal static class MySqlDriver
{
    /// <summary>The name by which Orleans knows the driver among ADO.NET providers.</summary>
    public const string Invariant = "MySql.Data.MySqlConnector";

    /// <summary>
    /// Makes connections, each a new one. <see cref="SessionPool"/> keeps them: the driver's own pool gives up waiting after the connect
    /// timeout, and can't discard one connection whose transaction or lock is in doubt without resetting every other at each use.
    /// </summary>
    /// <param name="options">The server.</param>
    /// <param name="database">The current database, or null for none.</param>
    public static MySqlDataSource Source(MySqlOptions options, string? database) => new(ConnectionString(options, database));

    /// <summary>The connection string, with the password. The character set is utf8mb4: the driver knows no other.</summary>
    /// <param name="options">The server.</param>
    /// <param name="database">The current database, or null for none.</param>
    public static string ConnectionString(MySqlOptions options, string? database) => new MySqlConnectionStringBuilder
    {
        Server = options.Host,
        Port = (uint)options.Port,
        UserID = options.User,
        Password = options.Password,
        Database = database ?? "",
        ConnectionTimeout = (uint)options.ConnectTimeout.TotalSeconds,
        DefaultCommandTimeout = (uint)options.StatementTimeout.TotalSeconds,
        Pooling = false,
        AutoEnlist = false,
        // A server must not read this machine's files.
        AllowLoadLocalInfile = false,
        // A shop's own tables may hold 0000-00-00, CHAR(36) and TINYINT(1) columns; none of them must make a row unreadable.
        ConvertZeroDateTime = true,
        GuidFormat = MySqlGuidFormat.None,
        TreatTinyAsBoolean = false,
        SslMode = options.Tls switch
        {
            MySqlTls.Off => MySqlSslMode.None,
            MySqlTls.Required => MySqlSslMode.Required,
            MySqlTls.VerifyCA => MySqlSslMode.VerifyCA,
            MySqlTls.VerifyFull => MySqlSslMode.VerifyFull,
            _ => MySqlSslMode.Preferred,
        },
        // Without TLS, MySQL 8 sends the key that the password is encrypted with. With TLS it is never asked for.
        AllowPublicKeyRetrieval = options.Tls is MySqlTls.Off or MySqlTls.Preferred,
        UseCompression = false,
    }.ConnectionString;

    /// <summary>The server's or driver's error number; 0 where the connection broke or nothing is known.</summary>
    public static int ErrorNumber(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException!)
        {
            if (e is MySqlException { Number: > 0 } numbered) return numbered.Number;
        }

        return 0;
    }
}
