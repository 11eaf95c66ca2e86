using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite.Files;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage.Sqlite.Sessions;

/// <summary>Turns SQLite's result codes into sentences that say what to do.</summary>
internal static class SqliteErrors
{
    /// <param name="e">What SQLite said.</param>
    /// <param name="folder">The data folder, which is looked at for the reason where SQLite does not tell it.</param>
    public static CatalogException Translate(SqliteException e, string? folder = null) => e.SqliteErrorCode switch
    {
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR or raw.SQLITE_FULL
            when folder is not null && Directory.Exists(folder) && FolderFault.Probe(folder) is { } reason =>
            Unavailable(reason + "; the write was not stored", e),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
            Unavailable("the catalog is locked by another program; close the program that has catalog.db open", e),
        raw.SQLITE_READONLY or raw.SQLITE_PERM =>
            Unavailable("the catalog can't be written; give the service's user write access to the data folder", e),
        raw.SQLITE_FULL =>
            Unavailable("the disk of the data folder is full and the write was not stored; free some space", e),
        raw.SQLITE_IOERR =>
            Unavailable("the disk of the data folder failed; look at the system's log and at the disk's free space", e),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            Unavailable("catalog.db is damaged; stop the service and restore the data folder from a backup", e),
        raw.SQLITE_CANTOPEN =>
            Unavailable("catalog.db can't be opened; look that the data folder is there and that the service's user may write it", e),
        raw.SQLITE_NOMEM => Unavailable("the catalog ran out of memory; give the service more", e),
        _ => new CatalogException(FailureCode.Internal, $"the catalog failed with SQLite's code {e.SqliteExtendedErrorCode}", e),
    };

    public static CatalogException FileGone() => new(
        FailureCode.CatalogUnavailable, "catalog.db is gone from the data folder, or was replaced while the service ran; stop the service and restore it from a backup");

    public static CatalogException LockGone() => new(
        FailureCode.CatalogUnavailable,
        "catalog.lock was removed from the data folder or replaced while the service ran, so another service may have it open; nothing more is "
        + "stored: stop both, and start one again");

    public static CatalogException LogGone() => new(
        FailureCode.CatalogUnavailable,
        "catalog.db-wal or catalog.db-shm was removed from the data folder or replaced while the service ran, and its rows can't be saved at the moment; "
        + "leave the service running and try again, and keep other programs off the data folder");

    private static CatalogException Unavailable(string message, SqliteException e) => new(FailureCode.CatalogUnavailable, message, e);
}
