using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// A named lock of the database server, held by one connection at a time across all processes. The server releases it when that connection
/// ends for any reason.
/// </summary>
internal static class DatabaseLock
{
    /// <summary>Waits for the lock.</summary>
    /// <exception cref="CatalogException">Another connection held it too long.</exception>
    public static async Task<Held> TakeAsync(MySqlSession db, MySqlOptions options, string what) =>
        await TryTakeAsync(db, options, what, options.LockTimeout + options.LockTimeout).ConfigureAwait(false)
        ?? throw new CatalogException(
            FailureCode.CatalogUnavailable, "another process is creating or dropping this table and has not finished; try again later");

    /// <summary>Waits for the lock; null if it was not acquired in time.</summary>
    public static async Task<Held?> TryTakeAsync(MySqlSession db, MySqlOptions options, string what, TimeSpan timeout)
    {
        var name = Name(options, what);
        var taken = await db.FirstAsync<int?>(
            "SELECT GET_LOCK(@name, @seconds)", new { name, seconds = (int)timeout.TotalSeconds }).ConfigureAwait(false);
        return taken == 1 ? new Held(db, name) : null;
    }

    /// <summary>Kills the connection that holds a lock, if any, and with it its transaction.</summary>
    public static async Task EndHolderAsync(MySqlSession db, MySqlOptions options, string what)
    {
        var connection = await db.FirstAsync<long?>("SELECT IS_USED_LOCK(@name)", new { name = Name(options, what) }).ConfigureAwait(false);
        if (connection is not { } holder) return;
        try
        {
            await db.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"KILL {holder}")).ConfigureAwait(false);
        }
        catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchThread)
        {
            // It has ended already, as a connection does shortly after its client closed it.
        }
    }

    // Lock names are server-wide, case-insensitive and at most 64 characters long.
    private static string Name(MySqlOptions options, string what) =>
        "imagesearch:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Database}\n{what}")))[..40];

    /// <summary>
    /// A held lock, released by <see cref="ReleaseAsync"/>. If the work fails before that, its connection is closed, which releases the
    /// lock.
    /// </summary>
    internal sealed class Held(MySqlSession db, string name)
    {
        public Task ReleaseAsync() => db.FirstAsync<int?>("SELECT RELEASE_LOCK(@name)", new { name });
    }
}
