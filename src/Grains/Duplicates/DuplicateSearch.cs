using System.Security.Cryptography;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// One search for the duplicates of a table: it waits for its turn, runs on the thread pool, and keeps its groups for a while. Its owner, the
/// table's grain, ends it. All members are thread-safe.
/// </summary>
internal sealed class DuplicateSearch : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DuplicateSlots _slots;
    private readonly TimeProvider _time;
    private readonly Task _life;
    private readonly DateTimeOffset _began;
    private readonly long _rows;
    private long _startedAt;
    private int _done;
    private volatile Progress _progress = new(DuplicateSearchState.Waiting, null, null);
    private volatile DuplicateGroups? _groups;

    /// <summary>Starts a search.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="vectors">The store.</param>
    /// <param name="table">The table.</param>
    /// <param name="minScore">The least score of a pair.</param>
    /// <param name="rows">The number of its rows.</param>
    /// <param name="slots">What it shares with others.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public DuplicateSearch(
        ICatalog catalog, IVectorStore vectors, TableRecord table, float minScore, long rows, DuplicateSlots slots, TimeProvider time, ILogger logger)
    {
        (Table, MinScore, _rows, _slots, _time, _began) = (table.Generation, minScore, rows, slots, time, time.GetUtcNow());
        _life = Task.Run(() => LiveAsync(catalog, vectors, table, logger));
    }

    /// <summary>Names the search in positions. A guess of another client's is of no use: it reads the same table.</summary>
    public long Id { get; } = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public TableGeneration Table { get; }

    public float MinScore { get; }

    /// <summary>Whether a read of the first page has returned its groups.</summary>
    public bool IsRead { get; set; }

    /// <summary>Completes when the search has ended; it never fails.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The groups; null while it runs, if it failed, and when they are forgotten.</summary>
    public DuplicateGroups? Groups => _groups;

    public DuplicateSearchStatus Status
    {
        get
        {
            var (progress, done) = (_progress, Volatile.Read(ref _done));
            var seconds = progress.State == DuplicateSearchState.Running ? _time.GetElapsedTime(Volatile.Read(ref _startedAt)).TotalSeconds : 0;
            return new DuplicateSearchStatus(
                MinScore, progress.State, Math.Max(_rows, done), done, seconds > 0 ? done / seconds : 0, _groups?.Count, _groups?.Items,
                progress.Fault?.Message, _began, progress.Ended);
        }
    }

    /// <summary>Why it failed; null if it did not.</summary>
    public Failure? Fault => _progress.Fault;

    /// <summary>Ends the search if it runs. Groups that it found stay.</summary>
    public void Cancel()
    {
        if (!_ended.Task.IsCompleted) _end.Cancel();
    }

    /// <summary>Frees the groups.</summary>
    public void Forget() => _groups = null;

    /// <summary>Ends the search and frees its groups.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _life;
        _end.Dispose();
    }

    private async Task LiveAsync(ICatalog catalog, IVectorStore vectors, TableRecord table, ILogger logger)
    {
        var end = _end.Token;
        try
        {
            await RunAsync(catalog, vectors, table, logger, end);
            _ended.SetResult();
            if (_groups is not null) await Task.Delay(_slots.Limits.Kept, _time, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The owner is gone, and with it whoever could read the groups.
        }

        Forget();
        _slots.Release(this);
    }

    private async Task RunAsync(ICatalog catalog, IVectorStore vectors, TableRecord table, ILogger logger, CancellationToken end)
    {
        var hasSlot = false;
        try
        {
            await _slots.EnterAsync(end);
            hasSlot = true;
            Volatile.Write(ref _startedAt, _time.GetTimestamp());
            _progress = new Progress(DuplicateSearchState.Running, null, null);
            var groups = await FindAsync(catalog, vectors, table, end);
            _groups = groups;
            _slots.Keep(this, groups.KeptRows);
            End(DuplicateSearchState.Finished, null);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            End(DuplicateSearchState.Cancelled, null);
        }
        catch (CatalogException e)
        {
            End(DuplicateSearchState.Failed, e.Failure);
        }
        catch (VectorStoreException e)
        {
            End(DuplicateSearchState.Failed, new Failure(FailureCode.VectorStoreUnavailable, e.Message));
        }
        catch (Exception e)
        {
            // Catch everything: the task has no caller that could see the exception, so it is the state of the search.
            logger.DuplicateSearchFailed(Table.Name, e);
            End(DuplicateSearchState.Failed, new Failure(FailureCode.Internal, "the search failed; the service's log has the reason, start it again"));
        }
        finally
        {
            if (hasSlot) _slots.Exit();
        }
    }

    private async Task<DuplicateGroups> FindAsync(ICatalog catalog, IVectorStore vectors, TableRecord table, CancellationToken end)
    {
        var limits = _slots.Limits;
        var pace = new SearchPace(_rows <= limits.SmallTable ? 1 : limits.Share, _time);
        var rows = await TableRows.ReadAsync(catalog, table.Generation, end);
        var finder = new DuplicateFinder(catalog, vectors, table, rows, MinScore, pace);
        var connected = await finder.FindAsync(done => Volatile.Write(ref _done, done), end);
        return await new GroupScores(catalog, table, pace).AddAsync(DuplicateGroups.Of(connected, rows, limits), end);
    }

    private void End(DuplicateSearchState state, Failure? fault) =>
        _progress = new Progress(state, fault, _time.GetUtcNow());

    private sealed record Progress(DuplicateSearchState State, Failure? Fault, DateTimeOffset? Ended);
}
