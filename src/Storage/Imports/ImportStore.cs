using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Imports;

/// <summary>Imports in the database of a catalog, which outlives the store.</summary>
public sealed partial class ImportStore : IImportStore
{
    private readonly IStatementDatabase _database;
    private readonly ImportSql _sql;
    private readonly TimeProvider _time;

    /// <summary>Keeps imports in MySQL.</summary>
    /// <param name="catalog">Its connections are used.</param>
    /// <param name="time">Dates imports.</param>
    public ImportStore(MySqlCatalog catalog, TimeProvider time)
        : this(new MySqlStatements(catalog), new MySqlImportSql(), time)
    {
    }

    /// <summary>Keeps imports in SQLite.</summary>
    /// <param name="catalog">Its file is used.</param>
    /// <param name="time">Dates imports.</param>
    public ImportStore(SqliteCatalog catalog, TimeProvider time)
        : this(new SqliteStatements(catalog), new SqliteImportSql(), time)
    {
    }

    private ImportStore(IStatementDatabase database, ImportSql sql, TimeProvider time) => (_database, _sql, _time) = (database, sql, time);

    /// <inheritdoc/>
    public async Task<bool> BeginImportAsync(
        string id, TableGeneration table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var begin = new Statement(
            _sql.Begin,
            ("@id", id), ("@name", table.Name.Value), ("@generation", table.Number), ("@views", views.ToString()), ("@now", CatalogTime.Text(_time)));
        var choose = new Statement(
            _sql.AddChoices,
            ("@id", id), ("@rule", choices.OnExistingKey?.ToString()), ("@dry", choices.IsDryRun ? 1 : 0), ("@immediate", choices.IsImmediate ? 1 : 0),
            ("@key", choices.Owner), ("@duplicate", choices.Duplicates?.Rule?.ToString()), ("@score", (double?)choices.Duplicates?.MinScore));
        return await _database.ExecuteAsync(begin, choices == ImportChoices.Default ? [] : [choose], cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public Task HearAsync(string id, TimeSpan duration, CancellationToken cancellationToken) =>
        _sql.Hear is { } hear
            ? ExecuteAsync(new Statement(hear, ("@id", id), ("@microseconds", (long)duration.TotalMicroseconds)), cancellationToken)
            : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<bool> CancelUnheardAsync(string id, string fault, CancellationToken cancellationToken) =>
        MoveAsync(_sql.CancelUnheard, id, ImportState.Receiving, ImportState.Cancelled, fault, cancellationToken);

    /// <inheritdoc/>
    public Task DiscardImportAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(new Statement(_sql.Discard, ("@id", id)), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (_sql.Claim is { } claim)
        {
            await ExecuteAsync(
                new Statement(claim, ("@id", id), ("@owner", owner), ("@microseconds", (long)duration.TotalMicroseconds)),
                cancellationToken).ConfigureAwait(false);
        }

        return await ExistsAsync(new Statement(_sql.FindClaimed, ("@id", id), ("@owner", owner)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> MoveImportAsync(string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken) =>
        MoveAsync(_sql.Move, id, from, to, fault, cancellationToken);

    /// <inheritdoc/>
    public async Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await _database.QueryAsync(new Statement(_sql.Find, ("@id", id)), ImportRow.Of, cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0].Read() : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken)
    {
        var page = await ListImportsAsync(new ImportListQuery(null, state, null, count), cancellationToken).ConfigureAwait(false);
        return page.Imports;
    }

    /// <inheritdoc/>
    public async Task<ImportProgressPage> ListImportsAsync(ImportListQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // One more is read, which shows whether there is another page.
        var (condition, patterns) = TableCondition.Of(query.Tables);
        var list = new Statement(
            _sql.List(condition),
            [
                ("@state", query.State?.ToString()), ("@name", query.Table), ("@date", query.After?.Began), ("@id", query.After?.Id),
                ("@count", query.Count + 1), .. patterns,
            ]);
        var rows = await _database.QueryAsync(list, ImportRow.Of, cancellationToken).ConfigureAwait(false);
        var next = rows.Count > query.Count ? new ImportPosition(rows[query.Count - 1].CreateDate, rows[query.Count - 1].Id) : null;
        return new ImportProgressPage([.. rows.Take(query.Count).Select(row => row.TryRead()).OfType<ImportProgress>()], next);
    }

    /// <inheritdoc/>
    public async Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var find = new Statement(_sql.FindOld, ("@ended", CatalogTime.Text(ended)), ("@begun", CatalogTime.Text(begun)));
        var old = await _database.QueryAsync(find, row => row.GetString(0), cancellationToken).ConfigureAwait(false);

        // One write for each import, so that clients' writes can run in between.
        foreach (var id in old) await ExecuteAsync(new Statement(_sql.Delete, ("@id", id)), cancellationToken).ConfigureAwait(false);
        return old.Count;
    }

    private Task<int> ExecuteAsync(Statement statement, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(statement, [], cancellationToken);

    private async Task<bool> MoveAsync(
        string sql, string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken)
    {
        var ends = to != ImportState.Running;
        var move = new Statement(
            sql,
            ("@id", id), ("@from", from.ToString()), ("@to", to.ToString()), ("@fault", fault),
            ("@ended", ends ? CatalogTime.Text(_time) : null));
        Statement[] clear =
            ends ? [new Statement(_sql.ClearContents, ("@id", id)), new Statement(_sql.DeleteAllPictures, ("@id", id))] : [];
        return await _database.ExecuteAsync(move, clear, cancellationToken).ConfigureAwait(false) == 1;
    }

    private async Task<bool> ExistsAsync(Statement statement, CancellationToken cancellationToken) =>
        (await _database.QueryAsync(statement, _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
}
