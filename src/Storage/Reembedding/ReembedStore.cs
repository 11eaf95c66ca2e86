using System.Collections.Concurrent;
using System.Text;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Statements;

namespace ImageSearch.Storage.Reembedding;

/// <summary>Changes of models in the database of a catalog, which outlives the store.</summary>
public sealed class ReembedStore : IReembedStore
{
    /// <summary>Maximum number of rows of one record: half a megabyte with vectors of 1,280 values for both views.</summary>
    public const int MaxRowsPerAdd = 32;

    private const int RowsPerSweep = 500;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    // Finished changes whose vectors are removed.
    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    private readonly IStatementDatabase _database;
    private readonly ReembedSql _sql;
    private readonly TimeProvider _time;

    /// <summary>Keeps changes in MySQL.</summary>
    /// <param name="catalog">Its connections are used.</param>
    /// <param name="time">Dates changes.</param>
    public ReembedStore(MySqlCatalog catalog, TimeProvider time)
        : this(new MySqlStatements(catalog), new MySqlReembedSql(), time)
    {
    }

    /// <summary>Keeps changes in SQLite.</summary>
    /// <param name="catalog">Its file is used.</param>
    /// <param name="time">Dates changes.</param>
    public ReembedStore(SqliteCatalog catalog, TimeProvider time)
        : this(new SqliteStatements(catalog), new SqliteReembedSql(), time)
    {
    }

    private ReembedStore(IStatementDatabase database, ReembedSql sql, TimeProvider time) => (_database, _sql, _time) = (database, sql, time);

    /// <inheritdoc/>
    public async Task<Result<Reembed>> BeginAsync(
        TableGeneration table, ModelIdentity model, ReembedChoices choices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(choices);
        var known = await FindAsync(table.Number, cancellationToken).ConfigureAwait(false);
        if (known is { State: ReembedState.Failed or ReembedState.Cancelled } ended && ended.Model == model && ended.Table == table && ended.Choices.Views == choices.Views)
        {
            var resume = new Statement(
                _sql.Resume, ("@id", ended.Id), ("@views", choices.Views.ToString()), ("@max", choices.MaxFailures), ("@owner", choices.Owner), ("@paths", choices.ReadsPaths ? 1 : 0), ("@now", CatalogTime.Text(_time)));
            await _database.ExecuteAsync(resume, [new Statement(_sql.ForgetFailures, ("@id", ended.Id))], cancellationToken).ConfigureAwait(false);
        }
        else if (known?.State != ReembedState.Running)
        {
            var take = new Statement(_sql.TakeSet, ("@generation", table.Number), ("@set", table.VectorSet));
            var begin = BeginStatement(known is null ? _sql.Insert : _sql.Replace, table, model, choices);
            await _database.ExecuteAsync(take, [begin], cancellationToken).ConfigureAwait(false);
        }

        known = await FindAsync(table.Number, cancellationToken).ConfigureAwait(false);
        if (known is { State: ReembedState.Running } running && running.Model == model && running.Table == table) return running;
        return new Failure(
            FailureCode.ReembedRunning, $"the pictures of table {table.Name} are being embedded again by {known?.Model}; wait until that ends, or cancel it");
    }

    /// <inheritdoc/>
    public async Task<Reembed?> FindAsync(long generation, CancellationToken cancellationToken)
    {
        var found = await _database.QueryAsync(new Statement(_sql.Find, ("@generation", generation)), ReembedRow.TryRead, cancellationToken)
            .ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    /// <inheritdoc/>
    public async Task<(long Embedded, long Failed)> CountAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        var counts = await _database.QueryAsync(
            new Statement(_sql.Count, ("@id", reembed.Id)), row => (All: row.GetInt64(0), Failed: row.GetInt64(1)), cancellationToken)
            .ConfigureAwait(false);
        return (counts[0].All - counts[0].Failed, counts[0].Failed);
    }

    /// <inheritdoc/>
    public async Task<long> CountFailuresAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        var counts = await _database.QueryAsync(new Statement(_sql.CountFailures, ("@id", reembed.Id)), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return counts[0];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Reembed>> ListRunningAsync(CancellationToken cancellationToken) =>
        [.. (await _database.QueryAsync(new Statement(_sql.ListRunning), ReembedRow.TryRead, cancellationToken).ConfigureAwait(false)).OfType<Reembed>()];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpenRow>> ReadOpenRowsAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        return await _database.QueryAsync(
            Page(_sql.ListOpen(reembed.Table), reembed, after, count),
            row => new OpenRow(new RowVersion(row.GetInt64(0), row.GetInt32(1)), row.Text(2)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task AddRowsAsync(Reembed reembed, IReadOnlyList<ReembeddedRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, MaxRowsPerAdd);
        if (rows.Count == 0) return Task.CompletedTask;
        var values = new List<(string Name, object? Value)>((rows.Count * 6) + 1) { ("@reembed", reembed.Id) };
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var encoded = row.Vectors is { } vectors ? EncodedVectors.From(vectors, searchable: true) : null;
            values.Add(($"@id{i}", row.Row.Id));
            values.Add(($"@version{i}", row.Row.Version));
            values.Add(($"@feature{i}", encoded?.Whole));
            values.Add(($"@object{i}", encoded?.MainObject));
            values.Add(($"@code{i}", row.Failure?.Code.ToString()));
            values.Add(($"@message{i}", row.Failure?.Message));
        }

        return _database.ExecuteAsync(new Statement(_sql.AddRows(rows.Count), [.. values]), [], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RowVectors>> ReadVectorsAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        return await _database.QueryAsync(
            Page(_sql.ListVectors, reembed, after, count),
            row => new RowVectors(
                new RowVersion(row.GetInt64(0), row.GetInt32(1)), Vector(row.GetString(2), reembed.Model),
                row.IsDBNull(3) ? (ReadOnlyMemory<float>?)null : Vector(row.GetString(3), reembed.Model)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReembedFailure>> ListFailuresAsync(Reembed reembed, long after, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        return await _database.QueryAsync(
            Page(_sql.ListFailures(reembed.Table), reembed, after, count),
            row => new ReembedFailure(row.GetInt64(0), row.Text(1), ReembedRow.FailureOf(row.GetString(2), row.Text(3))),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> SwitchAsync(Reembed reembed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        var (table, model) = (reembed.Table, reembed.Model);
        var toModel = new Statement(
            _sql.SwitchModel(table), ("@model", model.Name), ("@modelVersion", model.Version), ("@dimension", model.Dimension),
            ("@generation", table.Number), ("@name", table.Name.Value), ("@set", table.VectorSet), ("@target", reembed.TargetSet), ("@id", reembed.Id),
            ("@max", reembed.Choices.MaxFailures))
        {
            Lock = _sql.Lock,
            IsLong = true,
        };
        var toVectors = new Statement(_sql.SwitchVectors(table), ("@generation", table.Number), ("@id", reembed.Id));
        var changed = await _database.ExecuteAsync(toModel, [toVectors, EndStatement(reembed, ReembedState.Finished, null)], cancellationToken)
            .ConfigureAwait(false);
        // A repeated transaction, whose first commit was not answered, changes nothing.
        return changed > 0 || await FindAsync(table.Number, cancellationToken).ConfigureAwait(false) is { State: ReembedState.Finished } done && done.Id == reembed.Id;
    }

    /// <inheritdoc/>
    public async Task<bool> EndAsync(Reembed reembed, ReembedState state, string? fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reembed);
        return await _database.ExecuteAsync(EndStatement(reembed, state, fault), [], cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <inheritdoc/>
    public async Task<bool> SweepAsync(CancellationToken cancellationToken)
    {
        await _database.ExecuteAsync(new Statement(_sql.ForgetDropped), [], cancellationToken).ConfigureAwait(false);
        var before = CatalogTime.Text(_time.GetUtcNow() - Retention);
        await _database.ExecuteAsync(new Statement(_sql.ForgetOld, ("@before", before)), [], cancellationToken).ConfigureAwait(false);
        var states = (await _database.QueryAsync(new Statement(_sql.ListStates), row => (Id: row.GetString(0), State: row.GetString(1)), cancellationToken)
            .ConfigureAwait(false)).ToDictionary(reembed => reembed.Id, reembed => reembed.State);
        for (var id = await NextWithRowsAsync("", cancellationToken).ConfigureAwait(false); id is not null;
            id = await NextWithRowsAsync(id, cancellationToken).ConfigureAwait(false))
        {
            // Few ids, each found by an index: rows of a change that runs are not read.
            if (!states.TryGetValue(id, out var state))
            {
                if (await DeleteAsync(_sql.DeleteRows, id, cancellationToken).ConfigureAwait(false)) return true;
            }
            else if (state == nameof(ReembedState.Finished) && !_swept.ContainsKey(id))
            {
                if (await DeleteAsync(_sql.DeleteVectors, id, cancellationToken).ConfigureAwait(false)) return true;
                _swept[id] = true;
            }
        }

        foreach (var id in _swept.Keys.Where(id => !states.ContainsKey(id))) _swept.TryRemove(id, out _);
        return false;
    }

    private async Task<string?> NextWithRowsAsync(string after, CancellationToken cancellationToken)
    {
        var found = await _database.QueryAsync(new Statement(_sql.NextWithRows, ("@after", after)), row => row.Text(0), cancellationToken)
            .ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    // Returns whether there may be more.
    private async Task<bool> DeleteAsync(string sql, string id, CancellationToken cancellationToken) =>
        await _database.ExecuteAsync(new Statement(sql, ("@id", id), ("@count", RowsPerSweep)), [], cancellationToken).ConfigureAwait(false) == RowsPerSweep;

    private Statement BeginStatement(string sql, TableGeneration table, ModelIdentity model, ReembedChoices choices) => new(
        sql, ("@generation", table.Number), ("@name", table.Name.Value), ("@id", Guid.NewGuid().ToString("N")), ("@set", table.VectorSet),
        ("@model", model.Name), ("@modelVersion", model.Version), ("@dimension", model.Dimension), ("@views", choices.Views.ToString()),
        ("@max", choices.MaxFailures), ("@owner", choices.Owner), ("@paths", choices.ReadsPaths ? 1 : 0), ("@now", CatalogTime.Text(_time)));

    private Statement EndStatement(Reembed reembed, ReembedState state, string? fault) =>
        new(_sql.End, ("@id", reembed.Id), ("@state", state.ToString()), ("@fault", fault), ("@now", CatalogTime.Text(_time)));

    private static Statement Page(string sql, Reembed reembed, long after, int count) =>
        new(sql, ("@generation", reembed.Table.Number), ("@id", reembed.Id), ("@after", after), ("@count", count));

    // The store has written it.
    private static float[] Vector(string text, ModelIdentity model) =>
        FeatureText.TryRead(Encoding.UTF8.GetBytes(text), model.Dimension, out var vector, out var reason)
            ? vector
            : throw new CatalogException(FailureCode.CatalogUnavailable, $"a vector of a change of model is damaged ({reason}); cancel the change and start it again");
}
