using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// A vector store over Milvus, with one collection per generation of a table. A search sees every write that this process acknowledged
/// before it, and the writes of other processes after a few seconds. While Milvus is unreachable, tables can be opened and dropped, but
/// puts, removals and searches fail; the caller reconciles the collection with the catalog later (<see cref="IRemoteVectorStore"/>).
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

    /// <summary>Creates a store. It connects with the first call.</summary>
    /// <param name="options">The server.</param>
    /// <param name="catalog">The catalog, which is the source of truth about rows.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The logger.</param>
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

    /// <inheritdoc/>
    public int MaxTopK => MergedSearch.MaxHits;

    /// <inheritdoc/>
    /// <remarks>Milvus sums in another order than we do, and IVF_SQ8 keeps one byte of each value: four standard deviations of its rounding.</remarks>
    public float DistanceError => _options.Index == MilvusIndexKind.IvfSq8 ? 4e-3f : 4e-6f;

    internal MilvusClient Client => _client;

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // The answer also updates the estimate of the server's clock.
        _clock.Observe(await _client.NowAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var open = _tables.GetOrAdd(table.Generation, _ => CreateTable(table));

        // Not awaited: loading takes seconds, and adds are accepted before it ends. The collection owns the task and retries on demand.
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
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        if (views.Count is not (1 or 2))
            throw new ArgumentException($"A search takes one or two views; there are {views.Count}.", nameof(views));
        var found = Find(table);
        foreach (var view in views) UnitVectors.Check(view, found.Record);
        return await MergedSearch.SearchAsync(found, views, topK, allowed, _options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A vector has another dimension than the table.</exception>
    public Task<IReadOnlyList<IReadOnlyList<VectorHit>>> SearchManyAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        var found = Find(table);
        foreach (var query in queries) UnitVectors.Check(query, found.Record);
        return MergedSearch.SearchManyAsync(found, queries, topK, _options, cancellationToken);
    }

    /// <inheritdoc/>
    public void Release(TableGeneration table)
    {
        // A collection takes no memory of this process.
    }

    /// <inheritdoc/>
    /// <remarks>The table is closed even if Milvus fails; <see cref="SweepAsync"/> drops the collection later.</remarks>
    public async Task DropAsync(TableGeneration table, CancellationToken cancellationToken)
    {
        var name = CollectionName.Of(table);
        if (_tables.TryRemove(table, out var open)) await open.DisposeAsync().ConfigureAwait(false);
        try
        {
            await DropOwnedAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (VectorStoreException e)
        {
            _logger.DropFailed(name, e);
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

        // Lists the collections first: the catalog has the table of any collection that is created later.
        var names = await _client.ListCollectionsAsync(cancellationToken).ConfigureAwait(false);
        var live = (await _catalog.ListTablesAsync(cancellationToken).ConfigureAwait(false)).Select(table => table.Generation).ToHashSet();
        foreach (var name in names)
        {
            if (!CollectionName.TryParse(name, out var table) || live.Contains(table)) continue;
            // A later set of vectors of a live table may be on its way.
            if (live.Any(other => other.Number == table.Number && other.Name == table.Name && other.VectorSet < table.VectorSet)) continue;
            if (await DropOwnedAsync(name, cancellationToken).ConfigureAwait(false)) _logger.OrphanDropped(name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var table in _tables.Values) await table.DisposeAsync().ConfigureAwait(false);
        _tables.Clear();
        await _client.DisposeAsync().ConfigureAwait(false);
    }

    // Collections of other systems and other catalogs are never touched.
    private async Task<bool> DropOwnedAsync(string name, CancellationToken cancellationToken)
    {
        if (await _client.FindCollectionAsync(name, cancellationToken).ConfigureAwait(false) is not { } found || !_owner.Owns(found)) return false;
        await _client.DropCollectionAsync(name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private MilvusTable CreateTable(TableRecord record)
    {
        MilvusTable? table = null;
        var collection = new TableCollection(
            _client, _options, record, _owner, cancellationToken => HasRowsAsync(record.Generation, cancellationToken), _time, _logger,
            onLoaded: () => table!.RecentWrites.AllowEviction(), onLost: () => table!.AdvanceEpoch());
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
