using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>A catalog.db of the first schema: one SQLite table with five indexes per data set.</summary>
internal static class OldFile
{
    private const string Columns =
        "id, milvus_id, tags, brief, upload_status, version, item_key, file_path, create_date, modify_date, product_id, attributes, "
        + "feature, feature_object";

    public static void Write(DataFolder folder)
    {
        folder.Execute(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE imagesearch_tables (
                generation INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('creating', 'live', 'dropping')), model_name TEXT NOT NULL,
                model_version TEXT NOT NULL, dimension INTEGER NOT NULL CHECK (dimension > 0), metric TEXT NOT NULL,
                last_id INTEGER NOT NULL, physical_table TEXT, create_date TEXT NOT NULL);
            CREATE UNIQUE INDEX imagesearch_one_live_per_name ON imagesearch_tables (name) WHERE state = 'live';
            CREATE TABLE imagesearch_names (name TEXT NOT NULL PRIMARY KEY, last_id INTEGER NOT NULL) WITHOUT ROWID;
            PRAGMA application_id = 1231906643;
            PRAGMA user_version = 1;
            CREATE TABLE imagesearch_identity (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), identity INTEGER NOT NULL);
            INSERT INTO imagesearch_identity VALUES (1, 4711);
            """);
    }

    /// <summary>Adds a data set with rows that differ in every column.</summary>
    public static void AddTable(DataFolder folder, long generation, string name, string state, int rows, long lastId)
    {
        using var connection = folder.Connect();
        DataFolder.Execute(
            connection,
            $"""
            INSERT INTO imagesearch_tables VALUES
                ({generation}, '{name}', '{state}', 'm', '1', 4, 'L2', {lastId}, 't{generation}_{name}', '2025-01-02 03:04:05.006');
            CREATE TABLE "t{generation}_{name}" (
                id INTEGER PRIMARY KEY, milvus_id INTEGER, tags TEXT, brief TEXT, upload_status INTEGER NOT NULL DEFAULT 0,
                version INTEGER NOT NULL DEFAULT 1, item_key TEXT, file_path TEXT, create_date TEXT NOT NULL, modify_date TEXT NOT NULL,
                product_id TEXT, attributes TEXT, feature TEXT, feature_object TEXT);
            CREATE INDEX "t{generation}_{name}_tags" ON "t{generation}_{name}" (tags) WHERE tags IS NOT NULL;
            CREATE INDEX "t{generation}_{name}_milvus_id" ON "t{generation}_{name}" (milvus_id);
            CREATE INDEX "t{generation}_{name}_item_key" ON "t{generation}_{name}" (item_key) WHERE item_key IS NOT NULL;
            CREATE INDEX "t{generation}_{name}_upload_status" ON "t{generation}_{name}" (upload_status);
            CREATE INDEX "t{generation}_{name}_versions" ON "t{generation}_{name}" (id, version);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
            INSERT INTO "t{generation}_{name}" ({Columns})
            SELECT i, i * 3, iif(i % 3, 'tags ' || i, NULL), iif(i % 4, '衬衫 ' || i, NULL), i % 2, 1 + i % 5, iif(i % 6, 'key ' || (i % 50), NULL),
                '/a/' || i, '2025-01-02 03:04:05.00' || (i % 10), '2026-01-02 03:04:05.00' || (i % 10), iif(i % 7, 'p' || i, NULL), '[]',
                'f32:AAAAAAAAAAAAAAAAAACAPw==' || char(10) || hex(randomblob(700)), iif(i % 2, 'f32:AAAAAAAAAAAAAIA/AAAAAA==', NULL)
            FROM n WHERE {rows} > 0;
            """);
    }

    /// <summary>The contents of the file's live tables, one line per row, for either schema.</summary>
    public static string Content(DataFolder folder)
    {
        using var connection = folder.Connect();
        var text = new StringBuilder();
        var tables = Lines(
            connection, "SELECT generation, name, last_id, model_name, dimension, metric, create_date, physical_table FROM imagesearch_tables "
            + "WHERE state = 'live' ORDER BY generation");
        foreach (var table in tables)
        {
            text.AppendJoin('|', table.SkipLast(1)).AppendLine();
            var rows = table[^1] is { Length: > 0 } own
                ? $"SELECT {Columns} FROM {own} ORDER BY id"
                : $"SELECT {Columns} FROM imagesearch_rows WHERE generation = {table[0]} ORDER BY id";
            foreach (var row in Lines(connection, rows)) text.AppendJoin('|', row).AppendLine();
        }

        foreach (var name in Lines(connection, "SELECT name, last_id FROM imagesearch_names ORDER BY name")) text.AppendJoin('|', name).AppendLine();
        return text.ToString();
    }

    private static List<string[]> Lines(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        // The SQL consists of the tests' constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var lines = new List<string[]>();
        while (reader.Read())
        {
            lines.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i =>
                reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!)]);
        }

        return lines;
    }
}
