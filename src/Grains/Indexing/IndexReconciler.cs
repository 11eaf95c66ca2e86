using System.Collections.Concurrent;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Keeps a remote vector store in line with the catalog without a call of <c>load</c>: waiting rows are indexed, tables that may have
/// diverged are compared, and dropped tables are removed. Over a store that is filled from the catalog it does nothing.
/// </summary>
/// <param name="catalog">The source of truth.</param>
/// <param name="vectors">The copy.</param>
/// <param name="loads">Lists the tables that are being indexed.</param>
/// <param name="lag">Receives the number of waiting rows.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class IndexReconciler(
    ICatalog catalog, IVectorStore vectors, TableLoads loads, IndexLag lag, TimeProvider time, ILogger<IndexReconciler> logger)
{
    // A comparison mostly waits for the server: run a few at once, so that a large table does not delay the others.
    private const int MaxConcurrentTables = 3;

    private const int TablesPerPass = 500;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(60);

    private readonly IRemoteVectorStore? _remote = vectors as IRemoteVectorStore;
    private readonly TableIndexer _indexer = new(catalog, vectors, loads, logger);
    private readonly WaitingRowIndexer _waiting = new(catalog, new TableIndexer(catalog, vectors, loads, logger), lag);
    private readonly ConcurrentDictionary<TableGeneration, string> _failing = new();
    private long? _swept;
    private int _passes;

    /// <summary>The vector store is remote.</summary>
    public bool IsEnabled => _remote is not null;

    /// <summary>Makes one pass over the tables. Calls must not overlap.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        if (_remote is null || !await IsReachableAsync(_remote, cancellationToken)) return;
        var tables = await catalog.ListTablesAsync(cancellationToken);
        var live = tables.Select(table => table.Generation).ToHashSet();
        lag.RetainOnly(live);
        foreach (var gone in _waiting.Tables.Where(table => !live.Contains(table)))
        {
            // Dropped, maybe by another process.
            _waiting.Forget(gone);
            _failing.TryRemove(gone, out _);
            await vectors.DropAsync(gone, cancellationToken);
        }

        // Each pass visits a part of thousands of tables, but always those that may have diverged.
        var parts = (tables.Count + TablesPerPass - 1) / TablesPerPass;
        var part = parts == 0 ? 0 : _passes++ % parts;
        await Parallel.ForEachAsync(
            tables.Where((table, i) => i % parts == part || !_remote.IsReconciled(table.Generation)),
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentTables, CancellationToken = cancellationToken },
            async (table, _) => await ReconcileAsync(_remote, table, cancellationToken));
        await SweepAsync(_remote, cancellationToken);
    }

    private async Task<bool> IsReachableAsync(IRemoteVectorStore remote, CancellationToken cancellationToken)
    {
        try
        {
            await remote.CheckAsync(cancellationToken);
            if (lag.Fault is not null) logger.VectorStoreRecovered();
            lag.Fault = null;
            return true;
        }
        catch (VectorStoreException e)
        {
            if (lag.Fault is null) logger.VectorStoreUnreachable(e.Message);
            lag.Fault = e.Message;

            // Sweep immediately after recovery: tables may be dropped during the outage.
            _swept = null;
            return false;
        }
    }

    private async Task ReconcileAsync(IRemoteVectorStore remote, TableRecord table, CancellationToken cancellationToken)
    {
        try
        {
            await remote.OpenAsync(table, cancellationToken);
            if (!remote.IsReconciled(table.Generation))
                await _indexer.ReconcileAsync(table, cancellationToken);
            await _waiting.IndexAsync(table, cancellationToken);
            _failing.TryRemove(table.Generation, out _);
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            await vectors.DropAsync(table.Generation, CancellationToken.None);
        }
        catch (Exception e) when (e is VectorStoreException or CatalogException)
        {
            // The next pass retries. Log a reason once until the table succeeds or the reason changes.
            if (!_failing.TryGetValue(table.Generation, out var logged) || logged != e.Message)
                logger.TableNotReconciled(table.Generation.Name, e.Message);
            _failing[table.Generation] = e.Message;
        }
    }

    private async Task SweepAsync(IRemoteVectorStore remote, CancellationToken cancellationToken)
    {
        if (_swept is { } swept && time.GetElapsedTime(swept) < SweepInterval) return;
        try
        {
            await remote.SweepAsync(cancellationToken);
            _swept = time.GetTimestamp();
        }
        catch (VectorStoreException e)
        {
            logger.OrphansNotSwept(e.Message);
        }
    }
}
