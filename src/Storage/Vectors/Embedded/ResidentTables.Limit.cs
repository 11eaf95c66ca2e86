using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>The memory limit.</content>
internal sealed partial class ResidentTables
{
    // Searches take milliseconds; an index that is in use for longer is being built, and waiting for that would delay a client.
    private static readonly TimeSpan MaxWaitForUsers = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _evicting = new(1, 1);
    private TaskCompletionSource? _someTableUnused;

    /// <summary>Evicts tables until all are within the limit.</summary>
    public ValueTask KeepLimitAsync(ResidentTable keep) =>
        _folders is null || (Bytes <= options.MemoryLimitBytes && _inMemory.Count <= options.MaxInMemory)
            ? ValueTask.CompletedTask
            : new ValueTask(ReserveAsync(keep, 0));

    /// <summary>
    /// Reserves the bytes of an index to load, after evicting others. If too many are in use, or the index is larger than the limit, the
    /// bytes are reserved even so. One caller at a time, so that no two evict for the same bytes.
    /// </summary>
    private async Task ReserveAsync(ResidentTable keep, long bytes)
    {
        await _evicting.WaitAsync().ConfigureAwait(false);
        try
        {
            long began = time.GetTimestamp();
            while (TryReserve(keep, bytes, mayWait: time.GetElapsedTime(began) < MaxWaitForUsers) is { } wait)
            {
                // A timeout is not an error.
                await wait.WaitAsync(MaxWaitForUsers, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _evicting.Release();
        }
    }

    /// <summary>Reserves the bytes and returns null, or returns a task to wait for.</summary>
    private Task? TryReserve(ResidentTable keep, long bytes, bool mayWait)
    {
        lock (_gate)
        {
            if (_folders is not null && (_bytes + bytes > options.MemoryLimitBytes || _inMemory.Count > options.MaxInMemory))
            {
                if (LeastRecentlyUsed(keep, bytes) is { } table)
                    return table.Change = Task.Run(() => Evict(table));
                if (mayWait && SomeInUseIsEvictable(keep, bytes))
                    return (_someTableUnused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            _bytes += bytes;
            return null;
        }
    }

    private ResidentTable? LeastRecentlyUsed(ResidentTable keep, long bytes)
    {
        foreach (ResidentTable table in _inMemory)
        {
            if (table.Users == 0 && table.Change is null && IsEvictable(table, keep, bytes))
                return table;
        }

        return null;
    }

    private bool SomeInUseIsEvictable(ResidentTable keep, long bytes) =>
        _inMemory.Any(table => table.Users > 0 && IsEvictable(table, keep, bytes));

    // A table larger than the limit is evicted only for another such table; otherwise each use of a small table would evict it.
    private bool IsEvictable(ResidentTable table, ResidentTable keep, long bytes) =>
        table != keep
        && (table.Bytes <= options.MemoryLimitBytes || Math.Max(bytes, keep.Bytes) > options.MemoryLimitBytes)
        && !(table.RestsUntil is { } until && time.GetTimestamp() < until);

    // Called under the gate.
    private void Count(ResidentTable table, NeighborIndex index)
    {
        long bytes = index.Bytes;
        _bytes += bytes - table.Bytes;
        table.Bytes = bytes;
        if (_folders is not null && bytes > options.MemoryLimitBytes && !table.IsKnownTooLarge)
        {
            table.IsKnownTooLarge = true;
            logger.TableLargerThanLimit(table.Generation, bytes >> 20, options.MemoryLimitBytes >> 20);
        }
    }
}
