using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;

namespace ImageSearch.Storage.Imports;

/// <summary>Imports in the database of a catalog, which outlives the store.</summary>
public sealed partial class ImportStore : IImportStore
{
    private readonly IImportDatabase _database;
    private readonly ImportSql _sql;
    private readonly TimeProvider _time;

    /// <summary>Keeps imports in MySQL.</summary>
    /// <param name="catalog">Its connections are used.</param>
    /// <param name="time">Dates imports.</param>
    public ImportStore(MySqlCatalog catalog, TimeProvider time)
        : this(new MySqlImportDatabase(catalog), time)
    {
    }

    /// <summary>Keeps imports in SQLite.</summary>
    /// <param name="catalog">Its file is used.</param>
    /// <param name="time">Dates imports.</param>
    public ImportStore(SqliteCatalog catalog, TimeProvider time)
        : this(new SqliteImportDatabase(catalog), time)
    {
    }

    private ImportStore(IImportDatabase database, TimeProvider time) => (_database, _sql, _time) = (database, database.Sql, time);

    /// <inheritdoc/>
    public async Task BeginImportAsync(
        string id, TableGeneration table, PictureViews views, ImportChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choices);
        await ExecuteAsync(
            new ImportStatement(
                _sql.Begin,
                ("@id", id), ("@name", table.Name.Value), ("@generation", table.Number), ("@views", views.ToString()),
                ("@now", CatalogTime.Text(_time))),
            cancellationToken).ConfigureAwait(false);
        if (choices == ImportChoices.Default) return;
        await ExecuteAsync(
            new ImportStatement(
                _sql.AddChoices,
                ("@id", id), ("@rule", choices.OnExistingKey?.ToString()), ("@dry", choices.IsDryRun ? 1 : 0),
                ("@immediate", choices.IsImmediate ? 1 : 0)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task DiscardImportAsync(string id, CancellationToken cancellationToken) =>
        ExecuteAsync(new ImportStatement(_sql.Discard, ("@id", id)), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ClaimImportAsync(string id, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (_sql.Claim is { } claim)
        {
            await ExecuteAsync(
                new ImportStatement(claim, ("@id", id), ("@owner", owner), ("@microseconds", (long)duration.TotalMicroseconds)),
                cancellationToken).ConfigureAwait(false);
        }

        return await ExistsAsync(new ImportStatement(_sql.FindClaimed, ("@id", id), ("@owner", owner)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> MoveImportAsync(
        string id, ImportState from, ImportState to, string? fault, CancellationToken cancellationToken)
    {
        var ends = to != ImportState.Running;
        var move = new ImportStatement(
            _sql.Move,
            ("@id", id), ("@from", from.ToString()), ("@to", to.ToString()), ("@fault", fault),
            ("@ended", ends ? CatalogTime.Text(_time) : null));
        ImportStatement[] clear =
            ends ? [new ImportStatement(_sql.ClearContents, ("@id", id)), new ImportStatement(_sql.DeleteAllPictures, ("@id", id))] : [];
        return await _database.ExecuteAsync(move, clear, cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <inheritdoc/>
    public async Task<ImportProgress?> FindImportAsync(string id, CancellationToken cancellationToken)
    {
        var rows = await _database.QueryAsync(new ImportStatement(_sql.Find, ("@id", id)), ImportRow.Of, cancellationToken).ConfigureAwait(false);
        return rows.Count > 0 ? rows[0].Read() : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImportProgress>> ListImportsAsync(ImportState? state, int count, CancellationToken cancellationToken)
    {
        var list = new ImportStatement(_sql.List, ("@state", state?.ToString()), ("@count", count));
        var rows = await _database.QueryAsync(list, ImportRow.Of, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.TryRead()).OfType<ImportProgress>()];
    }

    /// <inheritdoc/>
    public async Task<int> SweepImportsAsync(DateTimeOffset ended, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var find = new ImportStatement(_sql.FindOld, ("@ended", CatalogTime.Text(ended)), ("@begun", CatalogTime.Text(begun)));
        var old = await _database.QueryAsync(find, row => row.GetString(0), cancellationToken).ConfigureAwait(false);

        // One write for each import, so that clients' writes can run in between.
        foreach (var id in old) await ExecuteAsync(new ImportStatement(_sql.Delete, ("@id", id)), cancellationToken).ConfigureAwait(false);
        return old.Count;
    }

    private Task<int> ExecuteAsync(ImportStatement statement, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(statement, [], cancellationToken);

    private async Task<bool> ExistsAsync(ImportStatement statement, CancellationToken cancellationToken) =>
        (await _database.QueryAsync(statement, _ => true, cancellationToken).ConfigureAwait(false)).Count > 0;
}
