namespace ImageSearch.Storage.Imports;

/// <summary>Imports in SQLite. Only one process has the file open, so every running import belongs to it.</summary>
internal sealed class SqliteImportSql : ImportSql
{
    public const string Tables = """
        CREATE TABLE IF NOT EXISTS imagesearch_imports (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            generation INTEGER NOT NULL,
            views TEXT NOT NULL,
            state TEXT NOT NULL,
            fault TEXT,
            create_date TEXT NOT NULL,
            end_date TEXT) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS imagesearch_import_pieces (
            import_id TEXT NOT NULL REFERENCES imagesearch_imports (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            items INTEGER NOT NULL,
            next INTEGER NOT NULL,
            stored INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            content TEXT NOT NULL,
            failures TEXT NOT NULL DEFAULT '',
            duplicates INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (import_id, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS imagesearch_import_steps (
            import_id TEXT NOT NULL REFERENCES imagesearch_imports (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            next INTEGER NOT NULL,
            begun INTEGER NOT NULL,
            alone_until INTEGER NOT NULL,
            PRIMARY KEY (import_id, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS imagesearch_import_choices (
            import_id TEXT NOT NULL PRIMARY KEY REFERENCES imagesearch_imports (id) ON DELETE CASCADE,
            on_existing_key TEXT,
            dry_run INTEGER NOT NULL,
            immediate INTEGER NOT NULL,
            api_key TEXT,
            on_duplicate TEXT,
            duplicate_score REAL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS imagesearch_import_pictures (
            import_id TEXT NOT NULL REFERENCES imagesearch_imports (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            part INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (import_id, line, part));
        """;

    protected override string Imports => "imagesearch_imports";

    protected override string Pieces => "imagesearch_import_pieces";

    protected override string Steps => "imagesearch_import_steps";

    protected override string Choices => "imagesearch_import_choices";

    protected override string Pictures => "imagesearch_import_pictures";

    protected override string InsertIgnore => "INSERT OR IGNORE";

    protected override string StepExists =>
        "ON CONFLICT (import_id, number) DO UPDATE SET next = excluded.next, begun = excluded.begun, alone_until = excluded.alone_until";

    public override string? Claim => null;

    public override string? Hear => null;

    protected override string IsUnheard => "1";

    public override string FindClaimed => $"SELECT 1 FROM {Imports} WHERE id = @id AND state = 'Running'";

    protected override string DateText(string column) => column;

    protected override string Sum(string column) => $"coalesce(sum({column}), 0)";

    protected override string Append(string column, string value) => $"{column} || {value}";
}
