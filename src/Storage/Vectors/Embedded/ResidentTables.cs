using ImageSearch.Storage.Catalog;
using ImageSearch.VectorIndex;
using Microsoft.Extensions.Logging;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// The open tables. Indexes in use are in memory. Others are evicted, least recently used first, when all together would exceed the
/// limit, and loaded from their snapshots at the next use.
/// </summary>
/// <remarks>
/// An index is evicted only without active leases, and callers that arrive during an eviction wait and get the reloaded index. So no
/// write is lost between the snapshot and the disposal of the index, and no caller uses a disposed index.
/// </remarks>
internal sealed partial class ResidentTables(EmbeddedVectorStoreOptions options, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TableGeneration, ResidentTable> _tables = [];
    private readonly LinkedList<ResidentTable> _inMemory = new();
    private readonly IndexFolders? _folders = options.Folder is null ? null : new IndexFolders(options.Folder);
    private long _bytes;
    private bool _closed;

    /// <summary>Bytes of the indexes in memory and of those being loaded.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The memory of a table's index, and the length of its files.</summary>
    public StoredSize SizeOf(TableGeneration generation)
    {
        long memory;
        lock (_gate)
            memory = _tables.TryGetValue(generation, out ResidentTable? table) && table.Index is not null ? table.Bytes : 0;
        return new StoredSize(memory, _folders?.BytesOf(generation) ?? 0);
    }

    /// <summary>Opens a table from its snapshot, or empty; no effect if it is open.</summary>
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
                change = table.Change ??= StartLoad(table);
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lease, synchronously if the index is in memory.</summary>
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
                    table.EvictWhenUnused = false;
                    _inMemory.Remove(table.Node);
                    _inMemory.AddLast(table.Node);
                    return new TableLease(this, table, index);
                }

                change = table.Change ??= StartLoad(table);
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a lease that does not count as a use; null if the index is not in memory.</summary>
    public TableLease? TryLease(ResidentTable table)
    {
        lock (_gate)
        {
            if (_closed || table is not { Index: { } index, Change: null, IsDropped: false })
                return null;
            table.Users++;
            return new TableLease(this, table, index);
        }
    }

    /// <summary>The number of indexes in memory, and their rows.</summary>
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

    /// <summary>Drops a table and removes its folder, even if it is evicted or was never opened.</summary>
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

    /// <summary>Removes the folders of tables other than these.</summary>
    public void Sweep(IEnumerable<TableGeneration> live)
    {
        foreach (TableGeneration gone in _folders?.List().Except(live) ?? [])
            DeleteFolder(gone);
    }

    /// <summary>Returns a lease, and counts how the index has grown or shrunk.</summary>
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
                _someTableUnused?.TrySetResult();
                _someTableUnused = null;
                EvictIfUnused(table);
            }
        }
    }

    /// <summary>
    /// Throws if the index lost rows whose vectors on disk were damaged: searches may lack them until they are read from the catalog
    /// again.
    /// </summary>
    /// <exception cref="VectorStoreException">Rows are missing.</exception>
    public void ThrowIfDamaged(in TableLease lease)
    {
        lock (_gate)
        {
            if (lease.Index.DamagedRows > lease.Table.RepairedRows)
                throw Damaged(lease.Table.Generation);
        }
    }

    /// <summary>Records that a comparison with the catalog found the missing rows.</summary>
    /// <param name="lease">The table.</param>
    /// <param name="damaged">Damaged rows that the index had lost before the comparison.</param>
    public void Repaired(in TableLease lease, long damaged)
    {
        lock (_gate)
            lease.Table.RepairedRows = Math.Max(lease.Table.RepairedRows, damaged);
    }

    private async Task DropAsync(ResidentTable table, Task before)
    {
        // Its result goes to its own callers; here only its completion matters.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await table.Cancellation.CancelAsync().ConfigureAwait(false);
        await UnusedAsync(table).ConfigureAwait(false);
        if (Detach(table) is { } index)
            Free(table, index);
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
        new($"The vectors of table {table} are not open: the table was never opened, or was dropped. Open it from the catalog first.")
        {
            NeedsReopening = true,
        };
}
