using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>Loading and evicting indexes.</content>
internal sealed partial class ResidentTables
{
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromMinutes(1);

    // Read from disk on demand, not kept in memory.
    private const string VectorFiles = ".f32";

    // Called under the gate, so that the task is the table's change before it starts.
    private Task StartLoad(ResidentTable table) => Task.Run(() => LoadAsync(table));

    private async Task LoadAsync(ResidentTable table)
    {
        long expected = _folders is null ? 0 : table.HasBeenLoaded ? table.Bytes : BytesInFolder(table.Generation);
        await ReserveAsync(table, expected).ConfigureAwait(false);
        NeighborIndex? index = null;
        try
        {
            string? refused = null;
            index = _folders is null
                ? new NeighborIndex(table.Dimension, options.EffectiveIndex)
                : NeighborIndex.Open(_folders.Of(table.Generation), table.Dimension, options.EffectiveIndex, out refused);
            if (refused is not null)
                logger.SnapshotRejected(table.Generation, refused);
            if (refused is not null && table.HasBeenLoaded)
                throw Damaged(table.Generation);
        }
        catch (Exception e)
        {
            index?.Dispose();
            AbandonLoad(table, expected);
            if (e is IOException or UnauthorizedAccessException)
                throw Unreadable(table.Generation, e);
            throw;
        }

        Attach(table, index, expected);
        await KeepLimitAsync(table).ConfigureAwait(false);
        EndChange(table);
    }

    private void Attach(ResidentTable table, NeighborIndex index, long expected)
    {
        lock (_gate)
        {
            _bytes -= expected;
            table.Bytes = 0;
            table.Index = index;
            table.HasBeenLoaded = true;
            table.RepairedRows = 0;
            Count(table, index);
            _inMemory.AddLast(table.Node);
        }
    }

    // A table that could not be loaded is no longer open: callers reopen it and compare it with the catalog.
    private void AbandonLoad(ResidentTable table, long expected)
    {
        lock (_gate)
        {
            _bytes -= expected;
            if (table.IsDropped)
                return;
            table.Change = null;
            _tables.Remove(table.Generation);
        }
    }

    private void Evict(ResidentTable table)
    {
        try
        {
            if (table.Index is { } index)
            {
                table.Save(index, CancellationToken.None);
                Detach(table);
                Free(table, index);
            }
        }
        catch (Exception e)
        {
            // A failure keeps this table in memory and must not reach the caller that needs memory for another one.
            logger.IndexSaveFailed(table.Generation, e);
            Rest(table);
        }

        EndChange(table);
    }

    /// <summary>Evicts a table once it is unused, unless a call uses it again before that.</summary>
    public void Release(TableGeneration generation)
    {
        lock (_gate)
        {
            if (_closed || _folders is null || !_tables.TryGetValue(generation, out ResidentTable? table)) return;
            table.EvictWhenUnused = true;
            EvictIfUnused(table);
        }
    }

    // Called under the gate.
    private void EvictIfUnused(ResidentTable table)
    {
        if (!table.EvictWhenUnused || table is not { Users: 0, Change: null, IsDropped: false, Index: not null }) return;
        table.EvictWhenUnused = false;
        table.Change = Task.Run(() => Evict(table));
    }

    /// <summary>Suspends upkeep and eviction of a table for a while, because its snapshot could not be written.</summary>
    public void Rest(ResidentTable table)
    {
        lock (_gate)
            table.RestsUntil = time.GetTimestamp() + (long)(RestAfterFault.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Whether writing the table's snapshot failed recently.</summary>
    public bool IsResting(ResidentTable table)
    {
        lock (_gate)
            return table.RestsUntil is { } until && time.GetTimestamp() < until;
    }

    private NeighborIndex? Detach(ResidentTable table)
    {
        lock (_gate)
        {
            NeighborIndex? index = table.Index;
            table.Index = null;
            if (index is not null)
                _inMemory.Remove(table.Node);
            return index;
        }
    }

    // The bytes are counted until the memory is free, and freed before the table is loaded again, because only one object may use a folder.
    private void Free(ResidentTable table, NeighborIndex index)
    {
        index.Dispose();
        lock (_gate)
            _bytes -= table.Bytes;
    }

    // If a drop has started, it is the table's change now.
    private void EndChange(ResidentTable table)
    {
        lock (_gate)
        {
            if (!table.IsDropped)
                table.Change = null;
            EvictIfUnused(table);
        }
    }

    private long BytesInFolder(TableGeneration table)
    {
        var folder = new DirectoryInfo(_folders!.Of(table));
        return folder.Exists ? folder.EnumerateFiles().Where(file => file.Extension != VectorFiles).Sum(file => file.Length) : 0;
    }

    private static VectorStoreException Damaged(TableGeneration table) =>
        new($"The index of table {table.Name} on disk was damaged; it is being rebuilt from the catalog, try again shortly.")
        {
            NeedsReopening = true,
        };

    private static VectorStoreException Unreadable(TableGeneration table, Exception e) =>
        new(
            $"The index of table {table.Name} can't be opened; check the disk of DATA_PATH, its free space and the permissions of the "
            + "service's user (the log has the details).",
            e)
        {
            NeedsReopening = true,
        };
}
