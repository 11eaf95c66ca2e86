using System.Collections.Concurrent;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Indexing;

/// <summary>
/// Brings a vector store with a copy of its own in line with the catalog, without anybody calling <c>load</c>: rows that wait are put,
/// tables in doubt are compared, and what is left of dropped tables goes. Over a store that is filled from the catalog there is nothing
/// to do.
/// </summary>
/// <param name="catalog">The truth.</param>
/// <param name="vectors">The copy.</param>
/// <param name="loads">Shows a table that is filled.</param>
/// <param name="lag">Is told how much waits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes what can't be done.</param>
public sealed partial class IndexReconciler(
    ICatalog catalog, IVectorStore vectors, TableLoads loads, IndexLag lag, TimeProvider time, ILogger<IndexReconciler> logger)
{
    // Comparing is mostly waiting for the server: a large table does not hold up the others.
    private const int TablesAtATime = 3;

    private const int TablesALook = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(60);

    private readonly IRemoteVectorStore? _remote = vectors as IRemoteVectorStore;
    private readonly TableIndexer _filling = new(catalog, vectors, loads, logger);
    private readonly ConcurrentDictionary<TableGeneration, Seen> _waiting = new();
    private readonly ConcurrentDictionary<TableGeneration, string> _failing = new();
    private long? _swept;
    private int _looks;

    /// <summary>There is something to do.</summary>
    public bool IsNeeded => _remote is not null;

    /// <summary>Looks at all tables once. Called by one caller at a time.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_remote is null || !await AnswersAsync(_remote, cancellationToken)) return;
        var tables = await catalog.ListTablesAsync(cancellationToken);
        var live = tables.Select(table => table.Generation).ToHashSet();
        lag.Keep(live);
        foreach (var gone in _waiting.Keys.Where(table => !live.Contains(table)))
        {
            // Dropped, maybe by another process.
            _waiting.TryRemove(gone, out _);
            _failing.TryRemove(gone, out _);
            await vectors.DropAsync(gone, cancellationToken);
        }

        // With thousands of tables a look takes turns with them; those in doubt are looked at each time.
        var turns = (tables.Count + TablesALook - 1) / TablesALook;
        var turn = turns == 0 ? 0 : _looks++ % turns;
        await Parallel.ForEachAsync(
            tables.Where((table, i) => i % turns == turn || !_remote.IsReconciled(table.Generation)),
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtATime, CancellationToken = cancellationToken },
            async (table, _) => await LookAsync(_remote, table, cancellationToken));
        await SweepAsync(_remote, cancellationToken);
    }

    private async Task<bool> AnswersAsync(IRemoteVectorStore remote, CancellationToken cancellationToken)
    {
        try
        {
            await remote.CheckAsync(cancellationToken);
            if (lag.Fault is not null) LogBack();
            lag.Fault = null;
            return true;
        }
        catch (VectorStoreException e)
        {
            if (lag.Fault is null) LogGone(e.Message);
            lag.Fault = e.Message;

            // What is left of tables that are dropped meanwhile is to go soon after the return.
            _swept = null;
            return false;
        }
    }

    private async Task LookAsync(IRemoteVectorStore remote, TableRecord table, CancellationToken cancellationToken)
    {
        try
        {
            await remote.OpenAsync(table, cancellationToken);
            if (!remote.IsReconciled(table.Generation))
                await _filling.MendAsync(table, cancellationToken);
            await IndexWaitingAsync(table, cancellationToken);
            _failing.TryRemove(table.Generation, out _);
        }
        catch (CatalogException e) when (e.Code == FailureCode.TableDropped)
        {
            await vectors.DropAsync(table.Generation, CancellationToken.None);
        }
        catch (Exception e) when (e is VectorStoreException or CatalogException)
        {
            // The next look tries again; said once until it goes well or the reason is another.
            if (!_failing.TryGetValue(table.Generation, out var said) || said != e.Message) LogBehind(table.Generation.Name, e.Message);
            _failing[table.Generation] = e.Message;
        }
    }

    // Rows that are being added wait for some milliseconds too: only what waited at the last look already is nobody's work.
    private async Task IndexWaitingAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = await WaitingAsync(table, cancellationToken);
        var (before, refused) = _waiting.GetValueOrDefault(table.Generation) ?? new Seen([], []);
        refused.IntersectWith(waiting);
        waiting.ExceptWith(refused);
        if (waiting.Overlaps(before))
        {
            await _filling.IndexWaitingAsync(table, cancellationToken);

            // What was waiting all the time and does so still has a feature that nobody can use.
            var left = await WaitingAsync(table, cancellationToken);
            refused.UnionWith(left.Intersect(before));
            waiting = [.. left.Except(refused)];
        }

        _waiting[table.Generation] = new Seen(waiting, refused);
        lag.Saw(table.Generation, waiting.Count);
    }

    private async Task<HashSet<RowVersion>> WaitingAsync(TableRecord table, CancellationToken cancellationToken)
    {
        var waiting = new HashSet<RowVersion>();
        await foreach (var rows in catalog.ReadVersionsAsync(table.Generation, RowSelection.Waiting, cancellationToken)) waiting.UnionWith(rows);
        return waiting;
    }

    private async Task SweepAsync(IRemoteVectorStore remote, CancellationToken cancellationToken)
    {
        if (_swept is { } swept && time.GetElapsedTime(swept) < SweepEvery) return;
        try
        {
            await remote.SweepAsync(cancellationToken);
            _swept = time.GetTimestamp();
        }
        catch (VectorStoreException e)
        {
            LogNotSwept(e.Message);
        }
    }

    // Rows that waited at the last look, and those that no look can help.
    private sealed record Seen(HashSet<RowVersion> Waiting, HashSet<RowVersion> Refused);

    [LoggerMessage(EventId = 240, Level = LogLevel.Error, Message = "Pictures are stored but not indexed, and searches fail: {Reason}")]
    private partial void LogGone(string reason);

    [LoggerMessage(EventId = 241, Level = LogLevel.Information, Message = "The vector store answers again; what it lacks is indexed now")]
    private partial void LogBack();

    [LoggerMessage(EventId = 242, Level = LogLevel.Warning, Message = "Table {Table}: the vector store is behind the catalog, it is tried again: {Reason}")]
    private partial void LogBehind(TableName table, string reason);

    [LoggerMessage(EventId = 243, Level = LogLevel.Warning, Message = "What is left of dropped tables stays in the vector store for now: {Reason}")]
    private partial void LogNotSwept(string reason);
}
