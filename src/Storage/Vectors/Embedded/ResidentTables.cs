using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// The open tables. The indexes of those in use are in memory, the others may be away: they leave, the one that was not used for longest
/// first, when all together would take more than the limit, and come back from their snapshots at the next use.
/// </summary>
/// <remarks>
/// An index leaves only while nobody holds a lease on it, and who comes meanwhile waits and gets the one that comes back: so no write is
/// lost between the snapshot and the end of the object, and no caller meets an index that has ended.
/// </remarks>
internal sealed partial class ResidentTables(EmbeddedVectorStoreOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TableGeneration, ResidentTable> _tables = [];
    private readonly LinkedList<ResidentTable> _inMemory = new();
    private readonly IndexFolders? _folders = options.Folder is null ? null : new IndexFolders(options.Folder);
    private long _bytes;
    private bool _closed;

    /// <summary>Bytes of the indexes in memory and of those that are coming.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Opens a table as its snapshot has it, or empty; one that is open already stays as it is.</summary>
    public async Task OpenAsync(TableGeneration generation, int dimension, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedVectorStore));
                if (!_tables.TryGetValue(generation, out ResidentTable? table))
                    _tables.Add(generation, table = new ResidentTable(generation, dimension));
                else if (table.HasBeenLoaded && !table.IsDropped)
                    return;
                change = table.Change ??= BringAsync(table);
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lease, at once where the index is in memory.</summary>
    /// <exception cref="VectorStoreException">The table is not open, or its snapshot can't be read.</exception>
    public async ValueTask<TableLease> UseAsync(TableGeneration generation, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedVectorStore));
                if (!_tables.TryGetValue(generation, out ResidentTable? table) || table.IsDropped)
                    throw NotOpen(generation);
                if (table is { Index: { } index, Change: null })
                {
                    table.Users++;
                    table.LeavesUnused = false;
                    _inMemory.Remove(table.Place);
                    _inMemory.AddLast(table.Place);
                    return new TableLease(this, table, index);
                }

                change = table.Change ??= BringAsync(table);
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lease for upkeep, which does not count as a use; null where the index is not in memory.</summary>
    public TableLease? Borrow(ResidentTable table)
    {
        lock (_gate)
        {
            if (_closed || table is not { Index: { } index, Change: null, IsDropped: false })
                return null;
            table.Users++;
            return new TableLease(this, table, index);
        }
    }

    /// <summary>How many indexes are in memory, and how many rows they have together.</summary>
    public (int Tables, long Rows) CountInMemory()
    {
        lock (_gate)
            return (_inMemory.Count, _inMemory.Sum(table => (long)table.Index!.Count));
    }

    public IReadOnlyList<ResidentTable> InMemory()
    {
        lock (_gate)
            return [.. _inMemory];
    }

    /// <summary>Ends a table and removes its folder, also where it is away or was never opened.</summary>
    public async Task DropAsync(TableGeneration generation)
    {
        Task drop;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddedVectorStore));
            if (!_tables.TryGetValue(generation, out ResidentTable? table))
                _tables.Add(generation, table = new ResidentTable(generation, dimension: 0));
            if (!table.IsDropped)
            {
                table.IsDropped = true;
                Task before = table.Change ?? Task.CompletedTask;
                table.Change = Task.Run(() => DropAsync(table, before));
            }

            drop = table.Change!;
        }

        await drop.ConfigureAwait(false);
    }

    /// <summary>Removes folders of tables that are not among these.</summary>
    public void Sweep(IEnumerable<TableGeneration> live)
    {
        foreach (TableGeneration gone in _folders?.List().Except(live) ?? [])
            DeleteFolder(gone);
    }

    /// <summary>A lease ends: what the index has grown or shrunk is counted.</summary>
    public void Return(ResidentTable table, NeighborIndex index)
    {
        lock (_gate)
        {
            if (table.Index == index)
                Count(table, index);
            if (--table.Users == 0)
            {
                table.Unused?.TrySetResult();
                table.Unused = null;
                _someUnused?.TrySetResult();
                _someUnused = null;
                LeaveIfUnused(table);
            }
        }
    }

    /// <summary>The index lost rows whose vectors on disk were damaged, and a search may lack them until they come again from the catalog.</summary>
    /// <exception cref="VectorStoreException">It is so.</exception>
    public void ThrowIfDamaged(in TableLease lease)
    {
        lock (_gate)
        {
            if (lease.Index.DamagedRows > lease.Table.MendedRows)
                throw Damaged(lease.Table.Generation);
        }
    }

    /// <summary>A comparison with the catalog told which rows are missing.</summary>
    /// <param name="lease">The table.</param>
    /// <param name="damaged">Damaged rows that the index had lost before.</param>
    public void Mended(in TableLease lease, long damaged)
    {
        lock (_gate)
            lease.Table.MendedRows = Math.Max(lease.Table.MendedRows, damaged);
    }

    private async Task DropAsync(ResidentTable table, Task before)
    {
        // Whatever became of that, its callers are told; here only its end counts.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await table.Ending.CancelAsync().ConfigureAwait(false);
        await UnusedAsync(table).ConfigureAwait(false);
        if (Detach(table) is { } index)
            Release(table, index);
        DeleteFolder(table.Generation);
        lock (_gate)
            _tables.Remove(table.Generation);
    }

    private void DeleteFolder(TableGeneration table)
    {
        try
        {
            _folders?.Delete(table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.IndexFolderNotRemoved(table, e);
        }
    }

    private Task UnusedAsync(ResidentTable table)
    {
        lock (_gate)
        {
            return table.Users == 0
                ? Task.CompletedTask
                : (table.Unused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private static VectorStoreException NotOpen(TableGeneration table) =>
        new($"The vectors of table {table} are not open: it was never opened, or dropped meanwhile. Open it from the catalog first.")
        {
            NeedsReopening = true,
        };
}
