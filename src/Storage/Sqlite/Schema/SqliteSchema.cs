using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Schema;

/// <summary>The file's fixed part: the registry of data sets and the last id of every name that ever was.</summary>
internal static class SqliteSchema
{
    /// <summary>What this program writes and reads (<c>PRAGMA user_version</c>).</summary>
    public const long Version = 2;

    // "ImgS" in ASCII, so that no other program's file is taken for a catalog (PRAGMA application_id).
    private const long ApplicationId = 0x496D6753;

    // physical_table: the table of a data set's rows in the first schema, until they are moved (OwnTables).
    private const string Tables = """
        CREATE TABLE imagesearch_tables (
            generation INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('creating', 'live', 'dropping')),
            model_name TEXT NOT NULL,
            model_version TEXT NOT NULL,
            dimension INTEGER NOT NULL CHECK (dimension > 0),
            metric TEXT NOT NULL,
            last_id INTEGER NOT NULL,
            physical_table TEXT,
            create_date TEXT NOT NULL);
        CREATE UNIQUE INDEX imagesearch_one_live_per_name ON imagesearch_tables (name) WHERE state = 'live';
        CREATE TABLE imagesearch_names (
            name TEXT NOT NULL PRIMARY KEY,
            last_id INTEGER NOT NULL) WITHOUT ROWID;
        """;

    // What the second schema added. The sweeper asks for dropped tables at every turn.
    private const string RowTables = $"""
        {RowSql.Create}
        CREATE INDEX imagesearch_dropping ON imagesearch_tables (generation) WHERE state = 'dropping';
        """;

    /// <summary>Makes a new file's tables, or checks that an old file is one that this program can work on.</summary>
    /// <exception cref="CatalogException">It is another program's, or a newer version's.</exception>
    public static void Prepare(SqliteSession db)
    {
        var application = Number(db, "PRAGMA application_id");
        var version = Number(db, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(db, "SELECT count(*) FROM sqlite_master") == 0)
        {
            db.Execute("PRAGMA journal_mode = WAL");
            db.Execute($"BEGIN IMMEDIATE; {Tables} {RowTables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT");
        }
        else if (application != ApplicationId)
        {
            throw Refused("catalog.db in the data folder is another program's file; give ImageSearch a DATA_PATH of its own");
        }
        else if (version > Version)
        {
            throw Refused(
                $"catalog.db was written by a newer ImageSearch (schema {version}, this one knows {Version}); start that one, or " +
                "restore a backup of the data folder from before the update");
        }
        else
        {
            db.Execute("PRAGMA journal_mode = WAL");

            // The mark comes before the first row is moved: an older program would see no rows where some are moved already.
            if (version < 2) db.Execute($"BEGIN IMMEDIATE; {RowTables} PRAGMA user_version = {Version}; COMMIT");
        }

        // Files of before these tables get theirs at their next opening; older programs pass them over.
        db.Execute("CREATE TABLE IF NOT EXISTS imagesearch_identity (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), identity INTEGER NOT NULL)");
        db.Execute("INSERT OR IGNORE INTO imagesearch_identity (one, identity) VALUES (1, $identity)", ("$identity", CatalogIdentity.New()));

        db.Execute(SqliteImportSql.Tables);

        // A creation is one transaction here, so only a hand in the file leaves such a row; its table counts as dropped.
        db.Execute("UPDATE imagesearch_tables SET state = 'dropping' WHERE state = 'creating'");
    }

    /// <summary>The number that tells this file from every other.</summary>
    public static long Identity(SqliteSession db) => Number(db, "SELECT identity FROM imagesearch_identity");

    private static long Number(SqliteSession db, string sql) => Convert.ToInt64(db.Scalar(sql), CultureInfo.InvariantCulture);

    private static CatalogException Refused(string message) => new(FailureCode.CatalogUnavailable, message);
}
