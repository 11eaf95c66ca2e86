using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>What the server's error numbers mean for a call.</summary>
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
    /// Worth another try, perhaps after a while: nothing of the failed transaction is stored, save where it was its commit that failed.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        // The certificate does not become a trusted one by another try; the driver numbers this as any failure to connect.
        DbException when IsUntrusted(exception) => false,
        DbException => MySqlDriver.ErrorNumber(exception) switch
        {
            // No number: the connection broke or a statement ran out of time.
            0 => true,
            LockTimeout or Deadlock or DuplicateKey => true,
            // Row changed since the read, too many connections, can't connect, shutting down, broken packets and pipes.
            1020 or 1040 or 1042 or 1043 or 1053 or (>= 1077 and <= 1080) or (>= 1152 and <= 1161) or 1184 or 1203 or 1226 => true,
            // Interrupted statement, killed connection (MariaDB), client-side losses.
            1317 or 1927 or 2002 or 2003 or 2006 or 2013 or 2055 or 3024 or 4031 => true,
            var number => IsReadOnly(number),
        },
        // What the driver throws on a connection that broke under it.
        IOException or SocketException or TimeoutException or InvalidOperationException => exception is not ObjectDisposedException,
        _ => false,
    };

    /// <summary>The server answered that it did not do it, so its transaction is not committed.</summary>
    public static bool IsRefusal(Exception exception) =>
        exception is DbException && MySqlDriver.ErrorNumber(exception) is var number
        && (IsReadOnly(number) || number is LockTimeout or Deadlock or DuplicateKey || (number > 0 && !IsTransient(exception)));

    /// <summary>What a caller is told.</summary>
    /// <param name="exception">Any exception of the driver.</param>
    /// <param name="options">Names the server.</param>
    /// <returns>The exception to throw: the same one where it is not the driver's.</returns>
    public static Exception Translate(Exception exception, MySqlOptions options)
    {
        if (exception is not DbException && !IsTransient(exception)) return exception;
        var number = MySqlDriver.ErrorNumber(exception);
        return number switch
        {
            _ when IsReadOnly(number) => Unavailable(
                $"the database at {options} takes no writes at present (it is read-only, error {number}); nothing was stored, try again later",
                exception),
            _ when IsUntrusted(exception) => Unavailable(
                $"no trusted connection to the database server {options.Host}:{options.Port}; check its certificate and MYSQL_TLS", exception),
            1044 or 1045 or 1142 or 1227 or 1698 => Unavailable(
                $"the database server {options.Host}:{options.Port} does not let the user in or do this (error {number}); check MYSQL_USER and "
                + $"MYSQL_PWD, and that the user has all rights on the database {options.Database}", exception),
            NoSuchDatabase => Unavailable(
                $"there is no database {options.Database} on {options.Host}:{options.Port}; make it, or correct MYSQL_DB", exception),
            1021 or 1114 or 3675 => Unavailable($"the disk of the database at {options} is full; nothing was stored, free some space", exception),
            LockTimeout or Deadlock or 1317 or 3024 => Unavailable(
                $"other work on the database at {options} kept rows locked for too long (error {number}); nothing was stored, try again", exception),
            1153 => Unavailable(
                $"the database at {options} takes no packet as large as this row; raise its max_allowed_packet", exception),
            1264 or 1265 or 1366 or 1406 => new CatalogException(
                FailureCode.RequestInvalid,
                $"a column of the table can't hold this text (error {number}): it is too long, or the column's character set is not utf8mb4",
                exception),
            _ when IsTransient(exception) => Unavailable(
                $"the database at {options} can't be reached or is busy (error {number}); look that it runs, and try again", exception),
            _ => new CatalogException(FailureCode.Internal, $"the catalog failed with MySQL's error {number}", exception),
        };
    }

    /// <summary>The commit was sent and the answer never came, nor could it be found out since.</summary>
    public static CatalogException OutcomeUnknown(Exception? inner) => new(
        FailureCode.CatalogUnavailable,
        "the database went away while the write was being stored, so it may be stored or not; look for the row before you repeat it", inner);

    private static bool IsUntrusted(Exception exception) => exception.InnerException is AuthenticationException;

    // --read-only, innodb_read_only and read-only transactions: what a server is while another takes over from it.
    private static bool IsReadOnly(int number) => number is 1290 or 1792 or 1836 or 3100;

    private static CatalogException Unavailable(string message, Exception e) => new(FailureCode.CatalogUnavailable, message, e);
}
