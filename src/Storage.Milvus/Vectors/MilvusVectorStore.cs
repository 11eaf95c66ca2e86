using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// Vectors in Milvus, a collection for each generation of a table. A search sees every write that this process answered before it, and
/// what others wrote some seconds ago at the latest. While Milvus is gone tables open and drop all the same; puts, removals and searches
/// fail, and whoever calls brings the collection in line with the catalog later (<see cref="IRemoteVectorStore"/>).
/// </summary>
public sealed class MilvusVectorStore : IRemoteVectorStore
{
    private readonly ConcurrentDictionary<TableGeneration, MilvusTable> _tables = new();
    private readonly MilvusOptions _options;
    private readonly MilvusClient _client;
    private readonly ICatalog _catalog;
    private readonly CollectionOwner _owner;
    private readonly ServerClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>A store that has not talked to its server yet.</summary>
    /// <param name="options">The server.</param>
    /// <param name="catalog">The truth about rows; asked what a collection that is missing should hold.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what happens to collections.</param>
    public MilvusVectorStore(MilvusOptions options, ICatalog catalog, TimeProvider time, ILogger<MilvusVectorStore> logger)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        (_options, _catalog, _time, _logger) = (options, catalog, time, logger);
        _client = new MilvusClient(options, time, logger);
        _owner = new CollectionOwner(catalog.Identity);
        _clock = new ServerClock(time);
    }

    /// <inheritdoc/>
    public bool IsFilledFromCatalog => false;

    internal MilvusClient Client => _client;

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // Also tells what time it is there.
        _clock.Observe(await _client.NowAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var open = _tables.GetOrAdd(table.Generation, _ => NewTable(table));

        // Begun and not awaited: it takes seconds, and pictures are taken meanwhile. The collection owns it and tries again when asked.
        _ = open.Collection.EnsureLoadedAsync();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogRows);
        return new CollectionReconciler(Find(table), _catalog).RunAsync(catalogRows, cancellationToken);
    }

    /// <inheritdoc/>
    public Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return FindAsync(table, found => found.PutAsync(rows).WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return FindAsync(table, found => found.RemoveAsync(rows).WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no views or more than two, or one has another dimension than the table.</exception>
    public async Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        if (views.Count is not (1 or 2))
            throw new ArgumentException($"A search takes one or two views; there are {views.Count}.", nameof(views));
        var found = Find(table);
        foreach (var view in views) UnitVectors.Check(view, found.Record);
        return await MergedSearch.SearchAsync(found, views, topK, _options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void LetGo(TableGeneration table)
    {
        // It takes none of this process's memory.
    }

    /// <inheritdoc/>
    /// <remarks>The table is forgotten here whatever Milvus says; a collection that can't be dropped now is dropped by <see cref="SweepAsync"/>.</remarks>
    public async Task DropAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        var name = CollectionName.Of(table);
        if (_tables.TryRemove(table, out var open)) await open.DisposeAsync().ConfigureAwait(false);
        try
        {
            await DropOursAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (VectorStoreException e)
        {
            CollectionLog.NotDropped(_logger, name, e);
        }
    }

    /// <inheritdoc/>
    public long Epoch(TableGeneration table) => _tables.TryGetValue(table, out var found) ? found.Epoch : 0;

    /// <inheritdoc/>
    public bool IsReconciled(TableGeneration table) => _tables.TryGetValue(table, out var found) && found.IsReconciled;

    /// <inheritdoc/>
    public void MarkReconciled(TableGeneration table, long epoch)
    {
        if (_tables.TryGetValue(table, out var found)) found.MarkReconciled(epoch);
    }

    /// <inheritdoc/>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await _client.EnsureDatabaseAsync(cancellationToken).ConfigureAwait(false);

        // Collections first: one that is made later belongs to a table that the catalog has by then.
        var names = await _client.ListCollectionsAsync(cancellationToken).ConfigureAwait(false);
        var live = (await _catalog.ListTablesAsync(cancellationToken).ConfigureAwait(false)).Select(table => table.Generation).ToHashSet();
        foreach (var name in names)
        {
            if (!CollectionName.TryParse(name, out var table) || live.Contains(table)) continue;
            if (await DropOursAsync(name, cancellationToken).ConfigureAwait(false)) CollectionLog.OrphanDropped(_logger, name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var table in _tables.Values) await table.DisposeAsync().ConfigureAwait(false);
        _tables.Clear();
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    // Another system's, or another catalog's, is never touched.
    private async Task<bool> DropOursAsync(string name, CancellationToken cancellationToken)
    {
        if (await _client.FindCollectionAsync(name, cancellationToken).ConfigureAwait(false) is not { } found || !_owner.Owns(found)) return false;
        await _client.DropCollectionAsync(name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private MilvusTable NewTable(TableRecord record)
    {
        MilvusTable? table = null;
        var collection = new TableCollection(
            _client, _options, record, _owner, cancellationToken => HasRowsAsync(record.Generation, cancellationToken), _time, _logger,
            loaded: () => table!.RecentWrites.AllowEviction(), lost: () => table!.AdvanceEpoch());
        table = new MilvusTable(record, _client, collection, _clock, _time);
        return table;
    }

    private async Task<bool> HasRowsAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        var count = await _catalog.CountSearchableAsync(table, cancellationToken).ConfigureAwait(false);
        return count.TryGet(out var rows, out _) && rows > 0;
    }

    private MilvusTable Find(TableGeneration table) =>
        _tables.TryGetValue(table, out var found)
            ? found
            : throw new VectorStoreException($"table {table} is not open") { NeedsReopening = true };

    private Task FindAsync(TableGeneration table, Func<MilvusTable, Task> call)
    {
        try
        {
            return call(Find(table));
        }
        catch (VectorStoreException e)
        {
            return Task.FromException(e);
        }
    }
}
