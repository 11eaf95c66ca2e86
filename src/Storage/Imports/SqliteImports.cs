using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;

namespace ImageSearch.Storage.Imports;

/// <summary>Imports in the catalog's SQLite file.</summary>
/// <param name="catalog">The catalog, which outlives it.</param>
/// <param name="time">Dates imports.</param>
public sealed class SqliteImports(SqliteCatalog catalog, TimeProvider time) : IImportStore
{
    internal const string Tables = """
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
            PRIMARY KEY (import_id, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS imagesearch_import_steps (
            import_id TEXT NOT NULL REFERENCES imagesearch_imports (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            next INTEGER NOT NULL,
            begun INTEGER NOT NULL,
            alone_until INTEGER NOT NULL,
            PRIMARY KEY (import_id, number)) WITHOUT ROWID;
        """;

    private const string Progress = """
        SELECT i.id AS Id, i.name AS Name, i.generation AS Generation, i.views AS Views, i.state AS State, i.fault AS Fault,
            i.create_date AS CreateDate, i.end_date AS EndDate, coalesce(sum(p.items), 0) AS Items, coalesce(sum(p.stored), 0) AS Stored,
            coalesce(sum(p.failed), 0) AS Failed
        """;

    private const string FromPieces = "LEFT JOIN imagesearch_import_pieces p ON p.import_id = i.id GROUP BY i.id";

    /// <inheritdoc/>
    public Task BeginImportAsync(string id, TableGeneration table, PictureViews views, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db => db.Execute(
                """
                INSERT OR IGNORE INTO imagesearch_imports (id, name, generation, views, state, create_date)
                VALUES ($id, $name, $generation, $views, $state, $now)
                """,
                ("$id", id), ("$name", table.Name.Value), ("$generation", table.Number), ("$views", views.ToString()),
                ("$state", nameof(ImportState.Receiving)), ("$now", CatalogTime.Text(time))),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return catalog.Writer.WriteAsync(
            db =>
            {
                db.Execute(
                    """
                    INSERT OR IGNORE INTO imagesearch_import_pieces (import_id, number, items, next, content)
                    SELECT id, $number, $items, $next, $content FROM imagesearch_imports WHERE id = $id AND state = $state
                    """,
                    ("$id", id), ("$number", piece.Number), ("$items", piece.Items), ("$next", piece.Next), ("$content", piece.Content),
                    ("$state", nameof(ImportState.Receiving)));
                return db.Scalar(
                    "SELECT 1 FROM imagesearch_import_pieces WHERE import_id = $id AND number = $number",
                    ("$id", id), ("$number", piece.Number)) is not null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>The file is this process's alone.</remarks>
    public Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db => db.Scalar(
                "SELECT 1 FROM imagesearch_imports WHERE id = $id AND state = $running",
                ("$id", id), ("$running", nameof(ImportState.Running))) is not null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db =>
            {
                var ends = to != ImportState.Running;
                var moved = db.Execute(
                    "UPDATE imagesearch_imports SET state = $to, fault = $fault, end_date = $ended WHERE id = $id AND state = $from",
                    ("$id", id), ("$from", from.ToString()), ("$to", to.ToString()), ("$fault", fault),
                    ("$ended", ends ? CatalogTime.Text(time) : null)) == 1;
                if (moved && ends)
                    db.Execute("UPDATE imagesearch_import_pieces SET content = '' WHERE import_id = $id AND content <> ''", ("$id", id));
                return moved;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    $"{Progress} FROM (SELECT * FROM imagesearch_imports WHERE id = $id) i {FromPieces}", ("$id", id));
                return reader.Parse<ImportRow>().FirstOrDefault()?.Read();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync<IReadOnlyList<ImportProgress>>(
            db =>
            {
                using var reader = db.Query(
                    $"""
                    {Progress} FROM (
                        SELECT * FROM imagesearch_imports WHERE $state IS NULL OR state = $state ORDER BY create_date DESC, id LIMIT $count) i
                    {FromPieces} ORDER BY i.create_date DESC, i.id
                    """,
                    ("$state", state?.ToString()), ("$count", count));
                return [.. reader.Parse<ImportRow>().Select(row => row.TryRead()).OfType<ImportProgress>()];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync<IReadOnlyList<int>>(
            db =>
            {
                using var reader = db.Query(
                    """
                    SELECT p.number FROM imagesearch_imports i JOIN imagesearch_import_pieces p ON p.import_id = i.id
                    WHERE i.id = $id AND i.state = $running AND p.next < p.items ORDER BY p.number LIMIT $count
                    """,
                    ("$id", id), ("$count", count), ("$running", nameof(ImportState.Running)));
                var numbers = new List<int>();
                while (reader.Read()) numbers.Add(reader.GetInt32(0));
                return numbers;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    "SELECT items, next, content FROM imagesearch_import_pieces WHERE import_id = $id AND number = $number",
                    ("$id", id), ("$number", number));
                return reader.Read() ? new ImportPiece(number, reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2)) : null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(advance);
        return catalog.Writer.WriteAsync(
            db => db.Execute(
                """
                UPDATE imagesearch_import_pieces
                SET next = $to, stored = stored + $stored, failed = failed + $failed, failures = failures || $failures,
                    content = iif($to >= items, '', content)
                WHERE import_id = $id AND number = $number AND next = $from
                """,
                ("$id", id), ("$number", number), ("$from", advance.From), ("$to", advance.To), ("$stored", advance.Stored),
                ("$failed", advance.Failures.Count), ("$failures", ImportLines.Join(advance.Failures))) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    "SELECT next, begun, alone_until FROM imagesearch_import_steps WHERE import_id = $id AND number = $number",
                    ("$id", id), ("$number", number));
                return reader.Read() ? new ImportStep(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2)) : new ImportStep(0, 0, 0);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task NoteStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return catalog.Writer.WriteAsync(
            db => db.Execute(
                """
                INSERT INTO imagesearch_import_steps (import_id, number, next, begun, alone_until)
                SELECT id, $number, $next, $begun, $alone FROM imagesearch_imports WHERE id = $id
                ON CONFLICT (import_id, number) DO UPDATE SET next = excluded.next, begun = excluded.begun, alone_until = excluded.alone_until
                """,
                ("$id", id), ("$number", number), ("$next", step.Next), ("$begun", step.Begun), ("$alone", step.AloneUntil)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    "SELECT failures FROM imagesearch_import_pieces WHERE import_id = $id AND failed > 0 ORDER BY number LIMIT $count",
                    ("$id", id), ("$count", count));
                var lines = new List<string>();
                while (reader.Read()) lines.Add(reader.GetString(0));
                return ImportLines.Split(lines, count);
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var old = await catalog.Readers.ReadAsync(
            db =>
            {
                using var reader = db.Query(
                    "SELECT id FROM imagesearch_imports WHERE end_date < $ended OR (state = $receiving AND create_date < $begun)",
                    ("$ended", CatalogTime.Text(ended)), ("$begun", CatalogTime.Text(begun)), ("$receiving", nameof(ImportState.Receiving)));
                var ids = new List<string>();
                while (reader.Read()) ids.Add(reader.GetString(0));
                return ids;
            },
            cancellationToken).ConfigureAwait(false);

        // A write each, so that clients' writes come between.
        foreach (var id in old)
        {
            await catalog.Writer.WriteAsync(db => db.Execute("DELETE FROM imagesearch_imports WHERE id = $id", ("$id", id)), cancellationToken)
                .ConfigureAwait(false);
        }

        return old.Count;
    }
}
