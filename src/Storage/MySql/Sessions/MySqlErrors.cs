using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>Classifies the server's error numbers.</summary>
internal static class MySqlErrors
{
    public const int NullRefused = 1048;
    public const int DuplicateKey = 1062;
    public const int NoSuchThread = 1094;
    public const int NoSuchTable = 1146;
    public const int NoSuchDatabase = 1049;
    private const int LockTimeout = 1205;
    private const int Deadlock = 1213;

    /// <summary>
    /// Worth a retry: nothing of the failed transaction is stored, unless its commit failed.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        // A retry does not make the certificate trusted; the driver gives this the number of any failure to connect.
        DbException when IsUntrusted(exception) => false,
        DbException => MySqlDriver.ErrorNumber(exception) switch
        {
            // No number: the connection broke or a statement ran out of time.
            0 => true,
            LockTimeout or Deadlock or DuplicateKey => true,
            // Row or table changed since the read, statement to be prepared again.
            1020 or 1412 or 1615 => true,
            // Too many connections, can't connect, shutting down, broken packets and pipes.
            1040 or 1042 or 1043 or 1053 or (>= 1077 and <= 1080) or (>= 1152 and <= 1161) or 1184 or 1203 or 1226 => true,
            // Interrupted statement, killed connection (MariaDB), client-side losses.
            1317 or 1927 or 2002 or 2003 or 2006 or 2013 or 2055 or 3024 or 4031 => true,
            var number => IsReadOnly(number),
        },
        // The driver throws these when its connection breaks.
        IOException or SocketException or TimeoutException or InvalidOperationException => exception is not ObjectDisposedException,
        _ => false,
    };

    /// <summary>The server rejected the statement, so its transaction is not committed.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is DbException && MySqlDriver.ErrorNumber(exception) is var number
        && (IsReadOnly(number) || number is LockTimeout or Deadlock or DuplicateKey || (number > 0 && !IsTransient(exception)));

    /// <summary>Translates the driver's exceptions for callers.</summary>
    /// <param name="exception">Any exception of the driver.</param>
    /// <param name="options">Names the server.</param>
    /// <returns>The exception to throw: the same one if it is not the driver's.</returns>
    public static Exception Translate(Exception exception, MySqlOptions options)
    {
        if (exception is not DbException && !IsTransient(exception)) return exception;
        var number = MySqlDriver.ErrorNumber(exception);
        return number switch
        {
            _ when IsReadOnly(number) => Unavailable(
                $"the database at {options} does not accept writes at present (it is read-only, error {number}); nothing was stored, try again later",
                exception),
            _ when IsUntrusted(exception) => Unavailable(
                $"no trusted connection to the database server {options.Host}:{options.Port}; check its certificate and MYSQL_TLS", exception),
            1044 or 1045 or 1142 or 1227 or 1698 => Unavailable(
                $"the database server {options.Host}:{options.Port} denies access (error {number}); check MYSQL_USER and "
                + $"MYSQL_PWD, and that the user has all rights on the database {options.Database}", exception),
            NoSuchDatabase => Unavailable(
                $"there is no database {options.Database} on {options.Host}:{options.Port}; create it, or correct MYSQL_DB", exception),
            1021 or 1114 or 3675 => Unavailable($"the disk of the database at {options} is full; nothing was stored, free some space", exception),
            LockTimeout or Deadlock or 1317 or 3024 => Unavailable(
                $"other work on the database at {options} held row locks for too long (error {number}); nothing was stored, try again", exception),
            1153 => Unavailable(
                $"the database at {options} does not accept a packet as large as this row; raise its max_allowed_packet", exception),
            1264 or 1265 or 1366 or 1406 => new CatalogException(
                FailureCode.RequestInvalid,
                $"a column of the table can't hold this text (error {number}): it is too long, or the column's character set is not utf8mb4",
                exception),
            _ when IsTransient(exception) => Unavailable(
                $"the database at {options} can't be reached or is busy (error {number}); check that it is running, and try again", exception),
            _ => new CatalogException(FailureCode.Internal, $"the catalog failed with MySQL's error {number}", exception),
        };
    }

    /// <summary>The commit was sent, its reply was lost, and its outcome could not be determined.</summary>
    public static CatalogException OutcomeUnknown(Exception? inner) => new(
        FailureCode.CatalogUnavailable,
        "the database connection was lost during the write, so it may or may not be stored; look for the row before repeating it", inner);

    private static bool IsUntrusted(Exception exception) => exception.InnerException is AuthenticationException;

    // --read-only, innodb_read_only and read-only transactions: the state of a server during a failover.
    private static bool IsReadOnly(int number) => number is 1290 or 1792 or 1836 or 3100;

    private static CatalogException Unavailable(string message, Exception e) => new(FailureCode.CatalogUnavailable, message, e);
}
