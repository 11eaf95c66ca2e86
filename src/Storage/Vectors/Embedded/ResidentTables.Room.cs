using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>How the limit is held.</content>
internal sealed partial class ResidentTables
{
    // Searches take milliseconds; what is used longer than this is built, and waiting for that would hold up a customer.
    private static readonly TimeSpan PatienceForUsers = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _makingRoom = new(1, 1);
    private TaskCompletionSource? _someUnused;

    /// <summary>Makes tables leave until all are within the limit again.</summary>
    public ValueTask KeepLimitAsync(ResidentTable keep) =>
        _folders is null || (Bytes <= options.MemoryLimitBytes && _inMemory.Count <= options.MaxInMemory)
            ? ValueTask.CompletedTask
            : new ValueTask(MakeRoomAsync(keep, 0));

    /// <summary>
    /// Counts the bytes of an index that is to come, once others have left for it. Where too many are in use for that, or the index is
    /// larger than the limit, it comes all the same. One caller at a time, so that none makes room that another has made.
    /// </summary>
    private async Task MakeRoomAsync(ResidentTable keep, long bytes)
    {
        await _makingRoom.WaitAsync().ConfigureAwait(false);
        try
        {
            long began = time.GetTimestamp();
            while (TryCount(keep, bytes, mayWait: time.GetElapsedTime(began) < PatienceForUsers) is { } wait)
            {
                // The end of the patience is no fault.
                await wait.WaitAsync(PatienceForUsers, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            _makingRoom.Release();
        }
    }

    /// <summary>Counts the bytes and gives null, or gives what to wait for.</summary>
    private Task? TryCount(ResidentTable keep, long bytes, bool mayWait)
    {
        lock (_gate)
        {
            if (_folders is not null && (_bytes + bytes > options.MemoryLimitBytes || _inMemory.Count > options.MaxInMemory))
            {
                if (LeastRecentlyUsed(keep, bytes) is { } table)
                    return table.Change = Task.Run(() => Leave(table));
                if (mayWait && SomeInUseCouldLeave(keep, bytes))
                    return (_someUnused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            _bytes += bytes;
            return null;
        }
    }

    private ResidentTable? LeastRecentlyUsed(ResidentTable keep, long bytes)
    {
        foreach (ResidentTable table in _inMemory)
        {
            if (table.Users == 0 && table.Change is null && MayLeave(table, keep, bytes))
                return table;
        }

        return null;
    }

    private bool SomeInUseCouldLeave(ResidentTable keep, long bytes) =>
        _inMemory.Any(table => table.Users > 0 && MayLeave(table, keep, bytes));

    // A table that is larger than the limit stays, but for another such: it would come and go with each use of the small ones otherwise.
    private bool MayLeave(ResidentTable table, ResidentTable keep, long bytes) =>
        table != keep
        && (table.Bytes <= options.MemoryLimitBytes || Math.Max(bytes, keep.Bytes) > options.MemoryLimitBytes)
        && !(table.RestsUntil is { } until && time.GetTimestamp() < until);

    // Under the gate.
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
