using MySqlConnector;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>Configuration of the driver, MySqlConnector.</summary>
internal static class MySqlDriver
{
    /// <summary>Orleans' name for the driver among ADO.NET providers.</summary>
    public const string Invariant = "MySql.Data.MySqlConnector";

    /// <summary>
    /// Opens unpooled connections, which <see cref="SessionPool"/> keeps: the driver's own pool stops waiting after the connect timeout,
    /// and can't discard a single connection whose transaction or lock is in doubt without resetting every connection at each use.
    /// </summary>
    /// <param name="options">The server.</param>
    /// <param name="database">The current database, or null for none.</param>
    public static MySqlDataSource Source(MySqlOptions options, string? database) => new(ConnectionString(options, database));

    /// <summary>The connection string with the password. The character set is always utf8mb4.</summary>
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
        // A shop's own tables may have dates of 0000-00-00 and CHAR(36) and TINYINT(1) columns; their rows must stay readable.
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
        // Without TLS, MySQL 8 sends the public key that the password is encrypted with. With TLS it is not requested.
        AllowPublicKeyRetrieval = options.Tls is MySqlTls.Off or MySqlTls.Preferred,
        UseCompression = false,
    }.ConnectionString;

    /// <summary>The server's or driver's error number; 0 if the connection broke or there is none.</summary>
    public static int ErrorNumber(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException!)
        {
            if (e is MySqlException { Number: > 0 } numbered) return numbered.Number;
        }

        return 0;
    }
}
