using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageSearch.Storage;

/// <summary>Turns SQLite's result codes into sentences that say what to do.</summary>
internal static class SqliteErrors
{
    public static CatalogException Translate(SqliteException e) => e.SqliteErrorCode switch
    {
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
        FailureCode.CatalogUnavailable, "catalog.db is gone from the data folder; stop the service and restore it from a backup");

    private static CatalogException Unavailable(string message, SqliteException e) => new(FailureCode.CatalogUnavailable, message, e);
}
