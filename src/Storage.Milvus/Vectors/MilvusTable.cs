using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>An open table: its collection, its recent writes, and the queue of writes to the collection.</summary>
internal sealed class MilvusTable : IAsyncDisposable
{
    private readonly WriteQueue _queue;
    private readonly ServerClock _clock;
    private long _epoch = 1;
    private long _reconciledEpoch;

    public MilvusTable(TableRecord record, MilvusClient client, TableCollection collection, ServerClock clock, TimeProvider time)
    {
        (Record, Client, Collection, _clock) = (record, client, collection, clock);
        RecentWrites = new RecentWrites(clock, time);
        _queue = new WriteQueue(RecentWrites, SendAsync, OnFailed);
    }

    public TableRecord Record { get; }

    public MilvusClient Client { get; }

    public TableCollection Collection { get; }

    public RecentWrites RecentWrites { get; }

    /// <summary>
    /// Incremented whenever the collection may have diverged from the catalog by more than the rows that wait to be indexed.
    /// </summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>Whether the collection was reconciled with the catalog in the current epoch.</summary>
    public bool IsReconciled => Interlocked.Read(ref _reconciledEpoch) == Epoch;

    public void AdvanceEpoch() => Interlocked.Increment(ref _epoch);

    public void MarkReconciled(long epoch)
    {
        Interlocked.Exchange(ref _reconciledEpoch, epoch);
        if (IsReconciled) Collection.MarkFilled();
    }

    public Task PutAsync(IReadOnlyList<RowVectors> rows)
    {
        foreach (var row in rows) UnitVectors.Check(row, Record);
        return WriteAsync([.. rows.Select(row => new RecentWrite(row.Row, row))]);
    }

    public Task RemoveAsync(IReadOnlyList<RowVersion> rows) => WriteAsync([.. rows.Select(row => new RecentWrite(row, null))]);

    /// <summary>
    /// Runs a call on the collection, and invalidates the cached state of the collection if the call shows that it is outdated.
    /// </summary>
    public async Task<T> OnCollectionAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code is MilvusFault.NotFound or MilvusFault.NotLoaded)
        {
            if (e.Code == MilvusFault.NotFound) AdvanceEpoch();
            Collection.Invalidate();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync().ConfigureAwait(false);
        await Collection.DisposeAsync().ConfigureAwait(false);
    }

    private Task WriteAsync(IReadOnlyList<RecentWrite> entries)
    {
        foreach (var entry in entries) RecentWrites.Write(entry);
        return entries.Count == 0 ? Task.CompletedTask : _queue.SendAsync(entries.Select(entry => entry.Row.Id));
    }

    private Task<ulong> SendAsync(IReadOnlyList<RecentWrite> entries, CancellationToken cancellationToken) =>
        OnCollectionAsync(async () =>
        {
            await Collection.EnsureCreatedAsync().ConfigureAwait(false);
            var written = await CollectionWrites.SendAsync(Client, Collection.Name, entries, cancellationToken).ConfigureAwait(false);
            _clock.Observe(written);
            return written;
        });

    // Rows that could not be written wait in the catalog. Vectors that should have been deleted are found by a reconciliation only.
    private void OnFailed(IReadOnlyList<RecentWrite> entries)
    {
        if (entries.Any(entry => entry.Vectors is null || entry.Row.Version > 1)) AdvanceEpoch();
    }
}
