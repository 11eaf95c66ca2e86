using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <content>How indexes come into memory and leave it.</content>
internal sealed partial class ResidentTables
{
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromMinutes(1);

    // Read from disk when they are needed, not kept in memory.
    private const string VectorFiles = ".f32";

    // Under the gate, so that the task is the table's change before it begins.
    private Task BringAsync(ResidentTable table) => Task.Run(() => LoadAsync(table));

    private async Task LoadAsync(ResidentTable table)
    {
        long expected = _folders is null ? 0 : table.HasBeenLoaded ? table.Bytes : BytesInFolder(table.Generation);
        await MakeRoomAsync(table, expected).ConfigureAwait(false);
        NeighborIndex? index = null;
        try
        {
            string? refused = null;
            index = _folders is null
                ? new NeighborIndex(table.Dimension, options.Index)
                : NeighborIndex.Open(_folders.Of(table.Generation), table.Dimension, options.Index, out refused);
            if (refused is not null)
                logger.SnapshotRejected(table.Generation, refused);
            if (refused is not null && table.HasBeenLoaded)
                throw Damaged(table.Generation);

        }
        catch (Exception e)
        {
            index?.Dispose();
            GiveUp(table, expected);
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
            table.MendedRows = 0;
            Count(table, index);
            _inMemory.AddLast(table.Place);
        }
    }

    // What could not come is not open any more: who wants it opens it anew and compares it with the catalog.
    private void GiveUp(ResidentTable table, long expected)
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

    private void Leave(ResidentTable table)
    {
        try
        {
            if (table.Index is { } index)
            {
                table.Save(index, CancellationToken.None);
                Detach(table);
                Release(table, index);
            }
        }
        catch (Exception e)
        {
            // Any fault keeps this table in memory and must not reach the caller that wanted room for another.
            logger.IndexSaveFailed(table.Generation, e);
            Rest(table);
        }

        EndChange(table);
    }

    /// <summary>Makes a table leave as soon as nobody uses it, unless a call uses it anew before.</summary>
    public void LetGo(TableGeneration generation)
    {
        lock (_gate)
        {
            if (_closed || _folders is null || !_tables.TryGetValue(generation, out ResidentTable? table)) return;
            table.LeavesUnused = true;
            LeaveIfUnused(table);
        }
    }

    // Under the gate.
    private void LeaveIfUnused(ResidentTable table)
    {
        if (!table.LeavesUnused || table is not { Users: 0, Change: null, IsDropped: false, Index: not null }) return;
        table.LeavesUnused = false;
        table.Change = Task.Run(() => Leave(table));
    }

    /// <summary>Leaves a table alone for a while, for its snapshot could not be written.</summary>
    public void Rest(ResidentTable table)
    {
        lock (_gate)
            table.RestsUntil = time.GetTimestamp() + (long)(RestAfterFault.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>Whether a table's last snapshot failed a short time ago.</summary>
    public bool Rests(ResidentTable table)
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
                _inMemory.Remove(table.Place);
            return index;
        }
    }

    // Counted until the memory is free, and free before the table may come back, for one object at a time uses a folder.
    private void Release(ResidentTable table, NeighborIndex index)
    {
        index.Dispose();
        lock (_gate)
            _bytes -= table.Bytes;
    }

    // A drop that began meanwhile is the change then.
    private void EndChange(ResidentTable table)
    {
        lock (_gate)
        {
            if (!table.IsDropped)
                table.Change = null;
            LeaveIfUnused(table);
        }
    }

    private long BytesInFolder(TableGeneration table)
    {
        var folder = new DirectoryInfo(_folders!.Of(table));
        return folder.Exists ? folder.EnumerateFiles().Where(file => file.Extension != VectorFiles).Sum(file => file.Length) : 0;
    }

    private static VectorStoreException Damaged(TableGeneration table) =>
        new($"The index of table {table.Name} on disk was damaged; it is being rebuilt from the catalog, try again in a moment.")
        {
            NeedsReopening = true,
        };

    private static VectorStoreException Unreadable(TableGeneration table, Exception e) =>
        new(
            $"The index of table {table.Name} can't be opened; look at the disk of DATA_PATH, at its free space and at the rights of the "
            + "service's user (the log has the details).",
            e)
        {
            NeedsReopening = true,
        };
}
