using System.Collections.Concurrent;
using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// The work beside searches and puts, one table after another: taking rows into the graphs, and writing snapshots. A table's fault is
/// logged and does not keep the others from their turn.
/// </summary>
internal sealed class IndexUpkeep : IAsyncDisposable
{
    // A large table's graph takes minutes: between two slices the other tables get their turn.
    private static readonly TimeSpan LinkingSlice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WorthASnapshot = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWithoutSnapshot = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestBetweenSnapshots = TimeSpan.FromSeconds(30);
    private const int MinChanges = 1_000;

    private readonly ResidentTables _tables;
    private readonly EmbeddedVectorStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<TableGeneration, bool> _unsaved = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private int _disposed;

    public IndexUpkeep(ResidentTables tables, EmbeddedVectorStoreOptions options, TimeProvider time, ILogger logger)
    {
        (_tables, _options, _time, _logger) = (tables, options, time, logger);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Tables in memory whose index could not be written when it was due.</summary>
    public int Unsaved => _tables.InMemory().Count(table => _unsaved.ContainsKey(table.Generation));

    /// <summary>Ends the work under way, which takes about a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>Gives every table in memory its turn.</summary>
    /// <returns>Whether one has more to do.</returns>
    internal async Task<bool> TendToAllAsync()
    {
        bool more = false;
        foreach (ResidentTable table in _tables.InMemory())
        {
            if (_stopping.IsCancellationRequested)
                return false;
            if (_tables.Rests(table))
                continue;
            more |= TendTo(table);
            await _tables.KeepLimitAsync(table).ConfigureAwait(false);
        }

        return more;
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (!await TendToAllAsync().ConfigureAwait(false))
            {
                await Task.Delay(_options.UpkeepInterval, _time, _stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool TendTo(ResidentTable table)
    {
        if (_tables.Borrow(table) is not { } lease)
            return false;
        using (lease)
        {
            try
            {
                bool linkedLong = lease.Index.NeedsMaintenance && Link(table, lease.Index);
                if (_options.Folder is not null && (IsDue(table, lease.Index) || linkedLong))
                    Save(table, lease.Index);
                return lease.Index.NeedsMaintenance;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            catch (Exception e)
            {
                // Whatever it is, it is this table's, and must not end the upkeep of the others.
                _logger.IndexUpkeepFailed(table.Generation, e);
                _tables.Rest(table);
                return false;
            }
        }
    }

    /// <returns>Whether the graph is complete and took so long that it should not have to be built again.</returns>
    private bool Link(ResidentTable table, NeighborIndex index)
    {
        using var slice = new CancellationTokenSource(LinkingSlice, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, _stopping.Token, table.Ending.Token);
        LinkingProgress progress = table.Linking ??= new LinkingProgress(table.Generation, _time, _logger);
        try
        {
            index.Maintain(_options.Threads, progress, ending.Token);
        }
        catch (OperationCanceledException) when (slice.IsCancellationRequested)
        {
            return false;
        }

        progress.End();
        table.Linking = null;
        return progress.Elapsed >= WorthASnapshot;
    }

    private bool IsDue(ResidentTable table, NeighborIndex index)
    {
        if (!index.HasChanges)
        {
            table.ChangedSince = null;
            return false;
        }

        TimeSpan waiting = _time.GetElapsedTime(table.ChangedSince ??= _time.GetTimestamp());
        return waiting >= LongestWithoutSnapshot
            || (waiting >= ShortestBetweenSnapshots && index.ChangesSinceSnapshot > Math.Max(MinChanges, index.Count / 10));
    }

    private void Save(ResidentTable table, NeighborIndex index)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, table.Ending.Token);
        try
        {
            table.Save(index, ending.Token);
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
