using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// Background work, one table after another: linking rows into the graphs and writing snapshots. A failure of one table is logged and
/// does not affect the others.
/// </summary>
internal sealed class IndexUpkeep : IAsyncDisposable
{
    // A large table's graph takes minutes: other tables are processed between two slices.
    private static readonly TimeSpan LinkingSlice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinLinkingForSnapshot = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxTimeWithoutSnapshot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MinTimeBetweenSnapshots = TimeSpan.FromSeconds(30);
    private const int MinChanges = 1_000;

    private readonly ResidentTables _tables;
    private readonly EmbeddedVectorStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<TableGeneration, bool> _unsaved = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _disposed;

    public IndexUpkeep(ResidentTables tables, EmbeddedVectorStoreOptions options, TimeProvider time, ILogger logger)
    {
        (_tables, _options, _time, _logger) = (tables, options, time, logger);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The number of tables in memory whose index could not be written when due.</summary>
    public int Unsaved => _tables.InMemory().Count(table => _unsaved.ContainsKey(table.Generation));

    /// <summary>Stops the running work, which takes about a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>Processes every table in memory once.</summary>
    /// <returns>Whether a table has more work to do.</returns>
    internal async Task<bool> RunOnceAsync()
    {
        bool more = false;
        foreach (ResidentTable table in _tables.InMemory())
        {
            if (_stop.IsCancellationRequested)
                return false;
            if (_tables.IsResting(table))
                continue;
            more |= Process(table);
            await _tables.KeepLimitAsync(table).ConfigureAwait(false);
        }

        return more;
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (!await RunOnceAsync().ConfigureAwait(false))
            {
                await Task.Delay(_options.UpkeepInterval, _time, _stop.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool Process(ResidentTable table)
    {
        if (_tables.TryLease(table) is not { } lease)
            return false;
        using (lease)
        {
            try
            {
                bool isWorthSaving = lease.Index.NeedsMaintenance && Link(table, lease.Index);
                if (_options.Folder is not null && (IsDue(table, lease.Index) || isWorthSaving))
                    Save(table, lease.Index);
                return lease.Index.NeedsMaintenance;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            catch (Exception e)
            {
                // Catch everything: a failure of this table must not stop the upkeep of the others.
                _logger.IndexUpkeepFailed(table.Generation, e);
                _tables.Rest(table);
                return false;
            }
        }
    }

    /// <returns>Whether the graph is complete and took so long to build that it is worth a snapshot.</returns>
    private bool Link(ResidentTable table, NeighborIndex index)
    {
        using var slice = new CancellationTokenSource(LinkingSlice, _time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, _stop.Token, table.Cancellation.Token);
        LinkingProgress progress = table.Linking ??= new LinkingProgress(table.Generation, _time, _logger);
        try
        {
            index.Maintain(_options.Threads, progress, cancellation.Token);
        }
        catch (OperationCanceledException) when (slice.IsCancellationRequested)
        {
            return false;
        }

        progress.End();
        table.Linking = null;
        return progress.Elapsed >= MinLinkingForSnapshot;
    }

    private bool IsDue(ResidentTable table, NeighborIndex index)
    {
        if (!index.HasChanges)
        {
            table.ChangedSince = null;
            return false;
        }

        TimeSpan waiting = _time.GetElapsedTime(table.ChangedSince ??= _time.GetTimestamp());
        return waiting >= MaxTimeWithoutSnapshot
            || (waiting >= MinTimeBetweenSnapshots && index.ChangesSinceSnapshot > Math.Max(MinChanges, index.Count / 10));
    }

    private void Save(ResidentTable table, NeighborIndex index)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, table.Cancellation.Token);
        try
        {
            table.Save(index, cancellation.Token);
            table.ChangedSince = null;
            _unsaved.TryRemove(table.Generation, out _);
            _logger.IndexSaved(table.Generation, index.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unsaved[table.Generation] = true;
            _logger.IndexSaveFailed(table.Generation, e);
            _tables.Rest(table);
        }
    }
}
