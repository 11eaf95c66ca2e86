using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Keys;
using ImageSearch.Storage.Reembedding;
using ImageSearch.Storage.Sqlite.Attributes;
using ImageSearch.Storage.Sqlite.Pictures;
using ImageSearch.Storage.Sqlite.Rows;
using ImageSearch.Storage.Sqlite.Sessions;

namespace ImageSearch.Storage.Sqlite.Schema;

/// <summary>The schema of the file: the registry of data sets and the last id of every name ever used.</summary>
internal static class SqliteSchema
{
    /// <summary>The schema version that this program reads and writes (<c>PRAGMA user_version</c>).</summary>
    public const long Version = 3;

    // "ImgS" in ASCII, which identifies the file as a catalog (PRAGMA application_id).
    private const long ApplicationId = 0x496D6753;

    private const string WholeNumber = "INTEGER NOT NULL DEFAULT 0";

    // physical_table: the table of a data set's rows in the first schema, until OwnTables has moved them.
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

    // Added by the second schema. The sweeper uses the index at every turn.
    private const string RowTables = $"""
        {RowSql.Create}
        CREATE INDEX imagesearch_dropping ON imagesearch_tables (generation) WHERE state = 'dropping';
        """;

    // Added by the third schema. An older program would write rows without index entries. Product ids of rows that are there are indexed in
    // the background, because finding them means reading all rows.
    private const string Items = $"""
        ALTER TABLE imagesearch_tables ADD COLUMN settings TEXT;
        ALTER TABLE imagesearch_tables ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
        {AttributeIndex.Create}
        {IndexWork.Create}
        """;

    /// <summary>Creates the schema of a new file, or checks and upgrades that of an existing one.</summary>
    /// <exception cref="CatalogException">The file belongs to another program or a newer version.</exception>
    public static void Prepare(SqliteSession db)
    {
        var application = Number(db, "PRAGMA application_id");
        var version = Number(db, "PRAGMA user_version");
        if (application == 0 && version == 0 && Number(db, "SELECT count(*) FROM sqlite_master") == 0)
        {
            db.Execute("PRAGMA journal_mode = WAL");
            db.Execute($"BEGIN IMMEDIATE; {Tables} {RowTables} {Items} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT");
        }
        else if (application != ApplicationId)
        {
            throw Incompatible("catalog.db in the data folder is another program's file; give ImageSearch its own DATA_PATH");
        }
        else if (version > Version)
        {
            throw Incompatible(
                $"catalog.db was written by a newer ImageSearch (schema {version}, this one knows {Version}); run that version, or " +
                "restore a backup of the data folder from before the update");
        }
        else
        {
            db.Execute("PRAGMA journal_mode = WAL");

            // The version is set before the first row is moved: an older program would miss the moved rows.
            if (version < 3)
                db.Execute($"BEGIN IMMEDIATE; {(version < 2 ? RowTables : "")} {Items} {IndexWork.AddProductIds} PRAGMA user_version = {Version}; COMMIT");
        }

        // Older files get these tables when they are next opened; older programs ignore them.
        db.Execute("CREATE TABLE IF NOT EXISTS imagesearch_identity (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), identity INTEGER NOT NULL)");
        db.Execute("INSERT OR IGNORE INTO imagesearch_identity (one, identity) VALUES (1, $identity)", ("$identity", CatalogIdentity.New()));

        AddColumn(db, "imagesearch_tables", "removed_version", WholeNumber);
        AddColumn(db, "imagesearch_tables", "vector_set", WholeNumber);
        AddColumn(db, "imagesearch_tables", "last_set", WholeNumber);

        db.Execute(SqliteImportSql.Tables);
        db.Execute(PictureSql.Create);
        AddColumn(db, "imagesearch_pictures", "object", "TEXT");
        db.Execute(PictureSql.IndexObjects);
        AddColumn(db, "imagesearch_import_choices", "api_key", "TEXT");
        AddColumn(db, "imagesearch_import_choices", "on_duplicate", "TEXT");
        AddColumn(db, "imagesearch_import_choices", "duplicate_score", "REAL");
        AddColumn(db, "imagesearch_import_pieces", "duplicates", WholeNumber);

        db.Execute(SqliteKeyTables.Create);
        db.Execute(SqliteReembedSql.CreateTables);

        // Creating a table is one transaction here, so only a manual edit can leave such a row; its table counts as dropped.
        db.Execute("UPDATE imagesearch_tables SET state = 'dropping' WHERE state = 'creating'");
    }

    private static void AddColumn(SqliteSession db, string table, string name, string type)
    {
        if (Number(db, $"SELECT count(*) FROM pragma_table_info('{table}') WHERE name = '{name}'") == 0)
            db.Execute($"ALTER TABLE {table} ADD COLUMN {name} {type}");
    }

    /// <summary>The catalog's identity.</summary>
    public static long Identity(SqliteSession db) => Number(db, "SELECT identity FROM imagesearch_identity");

    private static long Number(SqliteSession db, string sql) => Convert.ToInt64(db.Scalar(sql), CultureInfo.InvariantCulture);

    private static CatalogException Incompatible(string message) => new(FailureCode.CatalogUnavailable, message);
}
