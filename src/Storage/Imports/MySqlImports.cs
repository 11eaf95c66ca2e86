using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;

namespace ImageSearch.Storage.Imports;

/// <summary>Imports in the catalog's MySQL database. Each statement may be sent twice, where its answer was lost.</summary>
public sealed class MySqlImports : IImportStore
{
    internal const string Tables = $"""
        CREATE TABLE IF NOT EXISTS `imagesearch$imports` (
            id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            generation BIGINT NOT NULL,
            views VARCHAR(32) CHARACTER SET ascii NOT NULL,
            state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            fault TEXT,
            create_date DATETIME(3) NOT NULL,
            end_date DATETIME(3) DEFAULT NULL,
            owner CHAR(32) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            owned_until DATETIME(3) DEFAULT NULL,
            KEY state (state)) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_pieces` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            number INT NOT NULL,
            items INT NOT NULL,
            next INT NOT NULL,
            stored INT NOT NULL DEFAULT 0,
            failed INT NOT NULL DEFAULT 0,
            content MEDIUMTEXT NOT NULL,
            failures MEDIUMTEXT NOT NULL,
            PRIMARY KEY (import_id, number),
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$import_steps` (
            import_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            number INT NOT NULL,
            next INT NOT NULL,
            begun INT NOT NULL,
            alone_until INT NOT NULL,
            PRIMARY KEY (import_id, number),
            FOREIGN KEY (import_id) REFERENCES `imagesearch$imports` (id) ON DELETE CASCADE) {MySqlSchema.Options};
        """;

    private const string Progress = """
        SELECT i.id AS Id, i.name AS Name, i.generation AS Generation, i.views AS Views, i.state AS State, i.fault AS Fault,
            LEFT(DATE_FORMAT(i.create_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS CreateDate,
            LEFT(DATE_FORMAT(i.end_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS EndDate,
            CAST(COALESCE(SUM(p.items), 0) AS SIGNED) AS Items, CAST(COALESCE(SUM(p.stored), 0) AS SIGNED) AS Stored,
            CAST(COALESCE(SUM(p.failed), 0) AS SIGNED) AS Failed
        """;

    private const string FromPieces = """
        LEFT JOIN `imagesearch$import_pieces` p ON p.import_id = i.id
        GROUP BY i.id, i.name, i.generation, i.views, i.state, i.fault, i.create_date, i.end_date
        """;

    private readonly SessionPool _pool;
    private readonly TimeProvider _time;

    /// <summary>Works through the connections of a catalog, which outlives it.</summary>
    public MySqlImports(MySqlCatalog catalog, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (_pool, _time) = (catalog.Pool, time);
    }

    /// <inheritdoc/>
    public Task BeginImportAsync(string id, TableGeneration table, PictureViews views, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            db => db.ExecuteAsync(
                """
                INSERT IGNORE INTO `imagesearch$imports` (id, name, generation, views, state, create_date)
                VALUES (@id, @name, @generation, @views, 'Receiving', @now)
                """,
                new { id, name = table.Name.Value, generation = table.Number, views = views.ToString(), now = CatalogTime.Text(_time) }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AddPieceAsync(string id, ImportPiece piece, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(piece);
        return _pool.RunAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    """
                    INSERT IGNORE INTO `imagesearch$import_pieces` (import_id, number, items, next, content, failures)
                    SELECT id, @Number, @Items, @Next, @Content, '' FROM `imagesearch$imports` WHERE id = @id AND state = 'Receiving'
                    """,
                    new { id, piece.Number, piece.Items, piece.Next, piece.Content }).ConfigureAwait(false);
                return await db.FirstAsync<int?>(
                    "SELECT 1 FROM `imagesearch$import_pieces` WHERE import_id = @id AND number = @Number",
                    new { id, piece.Number }).ConfigureAwait(false) is not null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>By the database's clock, which all processes share.</remarks>
    public Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db =>
            {
                await db.ExecuteAsync(
                    """
                    UPDATE `imagesearch$imports` SET owner = @owner, owned_until = UTC_TIMESTAMP(3) + INTERVAL @microseconds MICROSECOND
                    WHERE id = @id AND state = 'Running' AND (owner IS NULL OR owner = @owner OR owned_until <= UTC_TIMESTAMP(3))
                    """,
                    new { id, owner, microseconds = (long)duration.TotalMicroseconds }).ConfigureAwait(false);
                return await db.FirstAsync<int?>(
                    "SELECT 1 FROM `imagesearch$imports` WHERE id = @id AND state = 'Running' AND owner = @owner", new { id, owner })
                    .ConfigureAwait(false) is not null;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db =>
            {
                var ends = to != ImportState.Running;
                var moved = await db.ExecuteAsync(
                    "UPDATE `imagesearch$imports` SET state = @to, fault = @fault, end_date = @ended WHERE id = @id AND state = @from",
                    new { id, from = from.ToString(), to = to.ToString(), fault, ended = ends ? CatalogTime.Text(_time) : null })
                    .ConfigureAwait(false) == 1;
                if (moved && ends)
                {
                    await db.ExecuteAsync("UPDATE `imagesearch$import_pieces` SET content = '' WHERE import_id = @id AND content <> ''", new { id })
                        .ConfigureAwait(false);
                }

                return moved;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db => (await db.FirstAsync<ImportRow>(
                $"{Progress} FROM (SELECT * FROM `imagesearch$imports` WHERE id = @id) i {FromPieces}", new { id }).ConfigureAwait(false))?.Read(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyList<ImportProgress>>(
            async db =>
            {
                var rows = await db.QueryAsync<ImportRow>(
                    $"""
                    {Progress} FROM (
                        SELECT * FROM `imagesearch$imports` WHERE @state IS NULL OR state = @state ORDER BY create_date DESC, id LIMIT {count}) i
                    {FromPieces} ORDER BY i.create_date DESC, i.id
                    """,
                    new { state = state?.ToString() }).ConfigureAwait(false);
                return [.. rows.Select(row => row.TryRead()).OfType<ImportProgress>()];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyList<int>>(
            async db => await db.QueryAsync<int>(
                $"""
                SELECT p.number FROM `imagesearch$imports` i JOIN `imagesearch$import_pieces` p ON p.import_id = i.id
                WHERE i.id = @id AND i.state = 'Running' AND p.next < p.items ORDER BY p.number LIMIT {count}
                """,
                new { id }).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportPiece?> FindPieceAsync(string id, int number, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            db => db.FirstAsync<ImportPiece>(
                """
                SELECT number AS Number, items AS Items, next AS Next, content AS Content
                FROM `imagesearch$import_pieces` WHERE import_id = @id AND number = @number
                """,
                new { id, number }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AdvancePieceAsync(string id, int number, PieceAdvance advance, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(advance);
        return _pool.RunAsync(
            async db => await db.ExecuteAsync(
                """
                UPDATE `imagesearch$import_pieces`
                SET next = @To, stored = stored + @Stored, failed = failed + @failed, failures = CONCAT(failures, @failures),
                    content = IF(@To >= items, '', content)
                WHERE import_id = @id AND number = @number AND next = @From
                """,
                new
                {
                    id,
                    number,
                    advance.From,
                    advance.To,
                    advance.Stored,
                    failed = advance.Failures.Count,
                    failures = ImportLines.Join(advance.Failures),
                }).ConfigureAwait(false) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ImportStep> FindStepAsync(string id, int number, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db => await db.FirstAsync<ImportStep>(
                """
                SELECT next AS Next, begun AS Begun, alone_until AS AloneUntil
                FROM `imagesearch$import_steps` WHERE import_id = @id AND number = @number
                """,
                new { id, number }).ConfigureAwait(false) ?? new ImportStep(0, 0, 0),
            cancellationToken);

    /// <inheritdoc/>
    public Task NoteStepAsync(string id, int number, ImportStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return _pool.RunAsync(
            db => db.ExecuteAsync(
                """
                INSERT INTO `imagesearch$import_steps` (import_id, number, next, begun, alone_until)
                SELECT id, @number, @Next, @Begun, @AloneUntil FROM `imagesearch$imports` WHERE id = @id
                ON DUPLICATE KEY UPDATE next = @Next, begun = @Begun, alone_until = @AloneUntil
                """,
                new { id, number, step.Next, step.Begun, step.AloneUntil }),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db => ImportLines.Split(
                await db.QueryAsync<string>(
                    $"SELECT failures FROM `imagesearch$import_pieces` WHERE import_id = @id AND failed > 0 ORDER BY number LIMIT {count}",
                    new { id }).ConfigureAwait(false),
                count),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var old = await _pool.RunAsync(
            db => db.QueryAsync<string>(
                "SELECT id FROM `imagesearch$imports` WHERE end_date < @ended OR (state = 'Receiving' AND create_date < @begun)",
                new { ended = CatalogTime.Text(ended), begun = CatalogTime.Text(begun) }),
            cancellationToken).ConfigureAwait(false);

        // A statement each, so that none is long.
        foreach (var id in old)
        {
            await _pool.RunAsync(db => db.ExecuteAsync("DELETE FROM `imagesearch$imports` WHERE id = @id", new { id }), cancellationToken)
                .ConfigureAwait(false);
        }

        return old.Count;
    }
}
