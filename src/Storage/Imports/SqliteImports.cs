using Dapper;

namespace ImageSearch.Storage;

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
        """;

    private const string Columns =
        "id AS Id, name AS Name, generation AS Generation, views AS Views, state AS State, fault AS Fault, create_date AS CreateDate, end_date AS EndDate";

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
    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db => db.Execute(
                "UPDATE imagesearch_imports SET state = $to, fault = $fault, end_date = $ended WHERE id = $id AND state = $from",
                ("$id", id), ("$from", from.ToString()), ("$to", to.ToString()), ("$fault", fault),
                ("$ended", to == ImportState.Running ? null : CatalogTime.Text(time))) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync(
            db =>
            {
                ImportRow? import;
                using (var reader = db.Query($"SELECT {Columns} FROM imagesearch_imports WHERE id = $id", ("$id", id)))
                    import = reader.Parse<ImportRow>().FirstOrDefault();
                if (import is null) return null;
                using var sums = db.Query(
                    """
                    SELECT coalesce(sum(items), 0), coalesce(sum(stored), 0), coalesce(sum(failed), 0)
                    FROM imagesearch_import_pieces WHERE import_id = $id
                    """,
                    ("$id", id));
                sums.Read();
                return new ImportProgress(import.ToRecord(), sums.GetInt64(0), sums.GetInt64(1), sums.GetInt64(2));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImportRecord>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync<IReadOnlyList<ImportRecord>>(
            db =>
            {
                using var reader = db.Query(
                    $"""
                    SELECT {Columns} FROM imagesearch_imports WHERE $state IS NULL OR state = $state
                    ORDER BY create_date DESC, id LIMIT $count
                    """,
                    ("$state", state?.ToString()), ("$count", count));
                return [.. reader.Parse<ImportRow>().Select(row => row.ToRecord())];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken) =>
        catalog.Readers.ReadAsync<IReadOnlyList<int>>(
            db =>
            {
                using var reader = db.Query(
                    "SELECT number FROM imagesearch_import_pieces WHERE import_id = $id AND next < items ORDER BY number LIMIT $count",
                    ("$id", id), ("$count", count));
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
    public Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken) =>
        catalog.Writer.WriteAsync(
            db => db.Execute(
                "DELETE FROM imagesearch_imports WHERE end_date < $ended OR (state = $receiving AND create_date < $begun)",
                ("$ended", CatalogTime.Text(ended)), ("$begun", CatalogTime.Text(begun)), ("$receiving", nameof(ImportState.Receiving))),
            cancellationToken);
}
