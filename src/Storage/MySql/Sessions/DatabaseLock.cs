using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Sessions;

/// <summary>
/// A lock of the database server, held by one connection of all processes at a time. The server lets go of it when that connection ends,
/// however it ends.
/// </summary>
internal static class DatabaseLock
{
    /// <summary>Waits for the lock.</summary>
    /// <exception cref="CatalogException">Somebody else kept it too long.</exception>
    public static async Task<Held> TakeAsync(MySqlSession db, MySqlOptions options, string what) =>
        await TryTakeAsync(db, options, what, options.LockTimeout + options.LockTimeout).ConfigureAwait(false)
        ?? throw new CatalogException(
            FailureCode.CatalogUnavailable, "another process is creating or dropping this table and takes long; try again in a while");

    /// <summary>Waits for the lock for some time; null where it was not to be had.</summary>
    public static async Task<Held?> TryTakeAsync(MySqlSession db, MySqlOptions options, string what, TimeSpan patience)
    {
        var name = Name(options, what);
        var taken = await db.FirstAsync<int?>(
            "SELECT GET_LOCK(@name, @seconds)", new { name, seconds = (int)patience.TotalSeconds }).ConfigureAwait(false);
        return taken == 1 ? new Held(db, name) : null;
    }

    /// <summary>Ends the connection that holds a lock, where there is one, and with it its transaction.</summary>
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
            // It ended by itself, as a connection does shortly after its client has closed it.
        }
    }

    // The server's names are of the whole server, at most 64 characters and blind to case.
    private static string Name(MySqlOptions options, string what) =>
        "imagesearch:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Database}\n{what}")))[..40];

    /// <summary>
    /// The lock in a connection's hands; given back by <see cref="ReleaseAsync"/>. Where the work fails before that, the connection is
    /// thrown away, and the lock goes with it.
    /// </summary>
    internal sealed class Held(MySqlSession db, string name)
    {
        public Task ReleaseAsync() => db.FirstAsync<int?>("SELECT RELEASE_LOCK(@name)", new { name });
    }
}
