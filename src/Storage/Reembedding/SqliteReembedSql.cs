using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>Changes of models in SQLite.</summary>
internal sealed class SqliteReembedSql : ReembedSql
{
    public const string CreateTables = """
        CREATE TABLE IF NOT EXISTS imagesearch_reembeds (
            generation INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            id TEXT NOT NULL UNIQUE,
            vector_set INTEGER NOT NULL,
            target_set INTEGER NOT NULL,
            model_name TEXT NOT NULL,
            model_version TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            views TEXT NOT NULL,
            max_failures INTEGER NOT NULL,
            owner TEXT,
            read_paths INTEGER NOT NULL,
            state TEXT NOT NULL,
            fault TEXT,
            create_date TEXT NOT NULL,
            end_date TEXT);
        CREATE TABLE IF NOT EXISTS imagesearch_reembed_rows (
            number INTEGER PRIMARY KEY,
            reembed_id TEXT NOT NULL,
            id INTEGER NOT NULL,
            version INTEGER NOT NULL,
            code TEXT,
            message TEXT,
            feature TEXT,
            feature_object TEXT,
            UNIQUE (reembed_id, id));
        CREATE INDEX IF NOT EXISTS imagesearch_reembed_failures ON imagesearch_reembed_rows (reembed_id, id) WHERE code IS NOT NULL;
        """;

    protected override string Reembeds => "imagesearch_reembeds";

    protected override string Rows => "imagesearch_reembed_rows";

    protected override string Tables => "imagesearch_tables";

    protected override string InsertIgnore => "INSERT OR IGNORE";

    public override string SwitchVectors(TableGeneration table) => """
        UPDATE imagesearch_rows
        SET feature = e.feature, feature_object = e.feature_object, upload_status = e.feature IS NOT NULL
        FROM imagesearch_reembed_rows e
        WHERE imagesearch_rows.generation = @generation AND e.reembed_id = @id AND e.id = imagesearch_rows.id
        """;

    public override string? Lock => null;

    public override string DeleteRows => """
        DELETE FROM imagesearch_reembed_rows WHERE number IN (SELECT number FROM imagesearch_reembed_rows WHERE reembed_id = @id LIMIT @count)
        """;

    public override string DeleteVectors => """
        DELETE FROM imagesearch_reembed_rows WHERE number IN (
            SELECT number FROM imagesearch_reembed_rows WHERE reembed_id = @id AND code IS NULL LIMIT @count)
        """;

    protected override string RowsOf(TableGeneration table) => "imagesearch_rows r WHERE r.generation = @generation";

    protected override string Id(string column) => column;

    protected override string DateText(string column) => column;
}
