using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Milvus.Collections;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>An open table: its collection, what was written to it in the last seconds, and the way of writes to it.</summary>
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
        _queue = new WriteQueue(RecentWrites, SendAsync, Failed);
    }

    public TableRecord Record { get; }

    public MilvusClient Client { get; }

    public TableCollection Collection { get; }

    public RecentWrites RecentWrites { get; }

    /// <summary>Grows whenever the collection may have come to differ from the catalog by more than rows that wait.</summary>
    public long Epoch => Interlocked.Read(ref _epoch);

    /// <summary>The collection was compared with the catalog since the last doubt.</summary>
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

    /// <summary>Runs a call on the collection; one that shows that the collection is not as it was known makes it known anew.</summary>
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
        // What an answered write of a newer version has overtaken needs no sending.
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

    // Rows that could not be put wait in the catalog. What should be gone shows only in a comparison.
    private void Failed(IReadOnlyList<RecentWrite> entries)
    {
        if (entries.Any(entry => entry.Vectors is null || entry.Row.Version > 1)) AdvanceEpoch();
    }
}
