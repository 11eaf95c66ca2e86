namespace ImageSearch.Storage;

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
        """;

    private const string Columns = """
        id AS Id, name AS Name, generation AS Generation, views AS Views, state AS State, fault AS Fault,
        LEFT(DATE_FORMAT(create_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS CreateDate,
        LEFT(DATE_FORMAT(end_date, '%Y-%m-%d %H:%i:%s.%f'), 23) AS EndDate
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
    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db => await db.ExecuteAsync(
                "UPDATE `imagesearch$imports` SET state = @to, fault = @fault, end_date = @ended WHERE id = @id AND state = @from",
                new
                {
                    id,
                    from = from.ToString(),
                    to = to.ToString(),
                    fault,
                    ended = to == ImportState.Running ? null : CatalogTime.Text(_time),
                }).ConfigureAwait(false) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db =>
            {
                var import = await db.FirstAsync<ImportRow>($"SELECT {Columns} FROM `imagesearch$imports` WHERE id = @id", new { id })
                    .ConfigureAwait(false);
                if (import is null) return null;
                var sums = await db.FirstAsync<Sums>(
                    """
                    SELECT CAST(COALESCE(SUM(items), 0) AS SIGNED) AS Items, CAST(COALESCE(SUM(stored), 0) AS SIGNED) AS Stored,
                        CAST(COALESCE(SUM(failed), 0) AS SIGNED) AS Failed
                    FROM `imagesearch$import_pieces` WHERE import_id = @id
                    """,
                    new { id }).ConfigureAwait(false);
                return new ImportProgress(import.ToRecord(), sums!.Items, sums.Stored, sums.Failed);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ImportRecord>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyList<ImportRecord>>(
            async db =>
            {
                var rows = await db.QueryAsync<ImportRow>(
                    $"""
                    SELECT {Columns} FROM `imagesearch$imports` WHERE @state IS NULL OR state = @state
                    ORDER BY create_date DESC, id LIMIT {count}
                    """,
                    new { state = state?.ToString() }).ConfigureAwait(false);
                return [.. rows.Select(row => row.ToRecord())];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<int>> ReadOpenPiecesAsync(string id, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync<IReadOnlyList<int>>(
            async db => await db.QueryAsync<int>(
                $"SELECT number FROM `imagesearch$import_pieces` WHERE import_id = @id AND next < items ORDER BY number LIMIT {count}",
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
    public Task<IReadOnlyList<string>> ReadFailuresAsync(string id, int count, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            async db => ImportLines.Split(
                await db.QueryAsync<string>(
                    $"SELECT failures FROM `imagesearch$import_pieces` WHERE import_id = @id AND failed > 0 ORDER BY number LIMIT {count}",
                    new { id }).ConfigureAwait(false),
                count),
            cancellationToken);

    /// <inheritdoc/>
    public Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken) =>
        _pool.RunAsync(
            db => db.ExecuteAsync(
                "DELETE FROM `imagesearch$imports` WHERE end_date < @ended OR (state = 'Receiving' AND create_date < @begun)",
                new { ended = CatalogTime.Text(ended), begun = CatalogTime.Text(begun) }),
            cancellationToken);

    private sealed class Sums
    {
        public long Items { get; init; }

        public long Stored { get; init; }

        public long Failed { get; init; }
    }
}
