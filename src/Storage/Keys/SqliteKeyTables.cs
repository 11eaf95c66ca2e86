namespace ImageSearch.Storage.Keys;

/// <summary>The tables of API keys in SQLite.</summary>
internal static class SqliteKeyTables
{
    public const string Create = """
        CREATE TABLE IF NOT EXISTS imagesearch_keys (
            id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            hash TEXT NOT NULL,
            previous_hash TEXT,
            previous_until TEXT,
            scopes TEXT NOT NULL,
            tables TEXT NOT NULL,
            rate REAL,
            burst INTEGER,
            max_rows INTEGER,
            max_tables INTEGER,
            expires TEXT,
            created TEXT NOT NULL,
            rotated TEXT,
            last_used TEXT,
            disabled INTEGER NOT NULL,
            revision INTEGER NOT NULL) WITHOUT ROWID;
        CREATE UNIQUE INDEX IF NOT EXISTS imagesearch_keys_hash ON imagesearch_keys (hash);
        CREATE INDEX IF NOT EXISTS imagesearch_keys_previous ON imagesearch_keys (previous_hash);
        CREATE TABLE IF NOT EXISTS imagesearch_audit (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            date TEXT NOT NULL,
            who TEXT NOT NULL,
            action TEXT NOT NULL,
            target TEXT NOT NULL,
            address TEXT,
            outcome TEXT NOT NULL,
            detail TEXT);
        CREATE INDEX IF NOT EXISTS imagesearch_audit_date ON imagesearch_audit (date);
        """;

    public static KeySql Sql { get; } = new("imagesearch_keys", "imagesearch_audit", "INSERT OR IGNORE");
}
