using System.Buffers;
using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// Vectors in this process, one <see cref="NeighborIndex"/> per table. After a restart a table's snapshot may be outdated; comparing it
/// with the catalog finds the differences. A completed put is visible to every search that starts later.
/// </summary>
public sealed class EmbeddedVectorStore : IVectorStore
{
    /// <summary>
    /// From this number of values on, a search moves from a scheduler such as a grain's, whose other calls wait for the turn to end, to
    /// the thread pool. Scanning 2,000 vectors × 512 takes about 0.1 ms, moving to the pool and back about 0.01 ms.
    /// </summary>
    private const long MinValuesForThreadPool = 1_024_000;

    /// <summary>
    /// How much wider the beam of many searches is than that of one. Nobody waits for each of them, and their callers need all near rows: at
    /// the width of one search, a search for duplicates among 100,000 rows missed 5 of 4,054.
    /// </summary>
    private const int ManyWidthFactor = 4;

    private readonly ResidentTables _tables;
    private readonly IndexMetrics _metrics;
    private readonly ILogger _logger;
    private readonly bool _keepsSnapshots;

    /// <summary>The number of tables whose index could not be written when due; they stay in memory and searchable.</summary>
    public int UnsavedTables => Upkeep.Unsaved;

    /// <summary>Creates a store without tables.</summary>
    /// <param name="options">Null for the defaults: in memory only.</param>
    /// <param name="time">Null for the system's.</param>
    /// <param name="logger">Null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public EmbeddedVectorStore(
        EmbeddedVectorStoreOptions? options = null, TimeProvider? time = null, ILogger<EmbeddedVectorStore>? logger = null)
    {
        options ??= new EmbeddedVectorStoreOptions();
        options.Validate();
        time ??= TimeProvider.System;
        _logger = logger ?? NullLogger<EmbeddedVectorStore>.Instance;
        _keepsSnapshots = options.Folder is not null;
        _tables = new ResidentTables(options, time, _logger);
        _metrics = new IndexMetrics(_tables, options.MemoryLimitBytes);
        Upkeep = new IndexUpkeep(_tables, options, time, _logger);
    }

    /// <inheritdoc/>
    public bool IsFilledFromCatalog => true;

    /// <summary>Memory of the tables' indexes, in bytes.</summary>
    public long Bytes => _tables.Bytes;

    internal IndexMetrics Metrics => _metrics;

    internal IndexUpkeep Upkeep { get; }

    internal ResidentTables Tables => _tables;

    /// <summary>Removes what remains on disk of tables that the catalog no longer has.</summary>
    /// <param name="live">The catalog's tables.</param>
    public void Sweep(IEnumerable<TableRecord> live) => _tables.Sweep(live.Select(table => table.Generation));

    /// <inheritdoc/>
    public Task OpenAsync(TableRecord table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        cancellationToken.ThrowIfCancellationRequested();
        return _tables.OpenAsync(table.Generation, table.Model.Dimension, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Reconciliation> ReconcileAsync(
        TableGeneration table, IAsyncEnumerable<IReadOnlyList<RowVersion>> catalogRows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogRows);
        using TableLease lease = await _tables.UseAsync(table, cancellationToken).ConfigureAwait(false);
        long damaged = lease.Index.DamagedRows;
        RowComparison comparison = await Task.Run(() => new RowComparison(lease.Index), cancellationToken).ConfigureAwait(false);
        await foreach (IReadOnlyList<RowVersion> rows in catalogRows.WithCancellation(cancellationToken).ConfigureAwait(false))
            comparison.Take(rows);
        Reconciliation found = comparison.End();
        if (comparison.IndexWasAhead && _keepsSnapshots)
            await SaveRemovalsAsync(lease).ConfigureAwait(false);
        _tables.Repaired(lease, damaged);
        return found;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A vector has a dimension other than the table's or is not of unit length; the rows before it are stored.</exception>
    public async Task PutAsync(TableGeneration table, IReadOnlyList<RowVectors> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ResidentTable used = await UseAsync(
            table,
            index => (long)rows.Count * index.Dimension,
            lease =>
            {
                foreach (RowVectors row in rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    lease.Index.Put(row.Row.Id, row.Row.Version, row.Whole.Span, row.MainObject.GetValueOrDefault().Span);
                }

                return lease.Table;
            },
            cancellationToken).ConfigureAwait(false);
        await _tables.KeepLimitAsync(used).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(TableGeneration table, IReadOnlyList<RowVersion> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return UseAsync(
            table,
            _ => 0,
            lease =>
            {
                foreach (RowVersion row in rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    lease.Index.Remove(row.Id, row.Version);
                }

                return rows.Count;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number of views is not 1 or 2, or one has another dimension or is not of unit length.</exception>
    public Task<IReadOnlyList<VectorHit>> SearchAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> views, int topK, AllowedRows? allowed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(views);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        if (views.Count is not (1 or 2))
            throw new ArgumentException($"A search takes one or two views; there are {views.Count}.", nameof(views));

        ReadOnlyMemory<float> first = views[0];
        ReadOnlyMemory<float> second = views.Count == 2 ? views[1] : default;
        return UseAsync<IReadOnlyList<VectorHit>>(
            table,
            index => (long)index.Count * index.Dimension,
            lease =>
            {
                VectorHit[] hits = Search(lease.Index, first.Span, second.Span, topK, allowed?.Filter, cancellationToken);
                _tables.ThrowIfDamaged(lease);
                return hits;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A vector has another dimension or is not of unit length.</exception>
    public Task<IReadOnlyList<IReadOnlyList<VectorHit>>> SearchManyAsync(
        TableGeneration table, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return UseAsync<IReadOnlyList<IReadOnlyList<VectorHit>>>(
            table,
            index => (long)index.Count * index.Dimension,
            lease =>
            {
                var hits = SearchMany(lease.Index, queries, topK, cancellationToken);
                _tables.ThrowIfDamaged(lease);
                return hits;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public StoredSize SizeOf(TableGeneration table) => _tables.SizeOf(table);

    /// <inheritdoc/>
    public void Release(TableGeneration table) => _tables.Release(table);

    /// <inheritdoc/>
    public Task DropAsync(TableGeneration table, CancellationToken cancellationToken) => _tables.DropAsync(table);

    /// <summary>Writes changed indexes, within a few seconds, and frees all memory.</summary>
    public async ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        await Upkeep.DisposeAsync().ConfigureAwait(false);
        await _tables.DisposeAsync().ConfigureAwait(false);
    }

    private static VectorHit[] Search(
        NeighborIndex index, ReadOnlySpan<float> first, ReadOnlySpan<float> second, int topK, RowFilter? filter, CancellationToken cancellationToken)
    {
        // Rows may be added between counting and searching; the search is repeated if they exceed the slack.
        const int Slack = 64;
        while (true)
        {
            // One more than the filter allows, which is never found: so a search that finds all of them has ended.
            long most = Math.Min((long)index.Count + Slack, filter is null ? long.MaxValue : filter.Count + 1L);
            int capacity = (int)Math.Min(topK, most);
            Hit[] hits = ArrayPool<Hit>.Shared.Rent(capacity);
            try
            {
                int found = index.Search(first, second, hits.AsSpan(0, capacity), new SearchOptions(filter), cancellationToken);
                if (found == topK || found < capacity)
                    return Convert(hits.AsSpan(0, found));
            }
            finally
            {
                ArrayPool<Hit>.Shared.Return(hits);
            }
        }
    }

    private static VectorHit[][] SearchMany(
        NeighborIndex index, IReadOnlyList<ReadOnlyMemory<float>> queries, int topK, CancellationToken cancellationToken)
    {
        float[] values = ArrayPool<float>.Shared.Rent(queries.Count * index.Dimension);
        Hit[] hits = ArrayPool<Hit>.Shared.Rent(queries.Count * topK);
        try
        {
            for (int i = 0; i < queries.Count; i++)
            {
                if (queries[i].Length != index.Dimension)
                    throw new ArgumentException($"A vector has {queries[i].Length} values; the table's have {index.Dimension}.", nameof(queries));
                queries[i].Span.CopyTo(values.AsSpan(i * index.Dimension));
            }

            var counts = new int[queries.Count];
            index.SearchMany(
                values.AsSpan(0, queries.Count * index.Dimension), topK, hits.AsSpan(0, queries.Count * topK), counts,
                new SearchOptions(Width: ManyWidthFactor * index.SearchWidth), cancellationToken);
            return [.. counts.Select((count, i) => Convert(hits.AsSpan(i * topK, count)))];
        }
        finally
        {
            ArrayPool<Hit>.Shared.Return(hits);
            ArrayPool<float>.Shared.Return(values);
        }
    }

    private static VectorHit[] Convert(ReadOnlySpan<Hit> hits)
    {
        var converted = new VectorHit[hits.Length];
        for (int i = 0; i < hits.Length; i++)
            converted[i] = new VectorHit(new RowVersion(hits[i].Id, hits[i].Version), hits[i].SquaredDistance);
        return converted;
    }

    // If an id and version are reused for another picture, a snapshot that is loaded after a crash must not contain the old one.
    private Task SaveRemovalsAsync(TableLease lease) => Task.Run(() =>
    {
        try
        {
            lease.Table.Save(lease.Index, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.IndexSaveFailed(lease.Table.Generation, e);
        }
    });

    /// <summary>Runs work on a table's index: inline, or on the thread pool if it is long and would block a grain.</summary>
    private async Task<T> UseAsync<T>(
        TableGeneration table, Func<NeighborIndex, long> valuesTouched, Func<TableLease, T> work, CancellationToken cancellationToken)
    {
        using TableLease lease = await _tables.UseAsync(table, cancellationToken).ConfigureAwait(false);
        try
        {
            bool onPool = TaskScheduler.Current != TaskScheduler.Default && valuesTouched(lease.Index) >= MinValuesForThreadPool;
            return onPool ? await Task.Run(() => work(lease)).ConfigureAwait(false) : work(lease);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VectorStoreException(
                $"The index of table {table.Name} can't be read or written; check the disk of DATA_PATH and its free space.", e);
        }
    }
}
