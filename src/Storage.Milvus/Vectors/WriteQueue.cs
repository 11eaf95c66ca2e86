using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// The one way of a table's writes to its collection: what has come while the last request was under way goes together in the next. Of a
/// row only its last write is sent, so the server never gets versions of a row in the wrong order from here.
/// </summary>
/// <param name="writes">What was written.</param>
/// <param name="sendAsync">Sends the last writes of rows; gives the server's time of them.</param>
/// <param name="failed">Is told of writes that may not have arrived.</param>
internal sealed class WriteQueue(
    RecentWrites writes, Func<IReadOnlyList<RecentWrite>, CancellationToken, Task<ulong>> sendAsync,
    Action<IReadOnlyList<RecentWrite>> failed)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Batch _next = new();
    private Task _sending = Task.CompletedTask;
    private bool _running;
    private bool _closed;

    /// <summary>Sends the last write of each of these rows; ends when the server has acknowledged it.</summary>
    /// <exception cref="VectorStoreException">It may not have arrived.</exception>
    public Task SendAsync(IEnumerable<long> ids)
    {
        lock (_lock)
        {
            if (_closed) throw new VectorStoreException("the vector store is closing");
            foreach (var id in ids) _next.Ids.Add(id);
            var batch = _next;
            if (!_running)
            {
                _running = true;
                _sending = Task.Run(SendAllAsync);
            }

            return batch.Ended.Task;
        }
    }

    /// <summary>Ends what is under way; what still waits fails.</summary>
    public async ValueTask DisposeAsync()
    {
        Task sending;
        lock (_lock)
        {
            _closed = true;
            sending = _sending;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task SendAllAsync()
    {
        while (true)
        {
            Batch batch;
            lock (_lock)
            {
                if (_next.Ids.Count == 0)
                {
                    _running = false;
                    return;
                }

                (batch, _next) = (_next, new Batch());
            }

            await SendAsync(batch).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(Batch batch)
    {
        var entries = writes.LastOf(batch.Ids);
        try
        {
            if (entries.Count > 0) writes.Acknowledge(entries, await sendAsync(entries, _closing.Token).ConfigureAwait(false));
            batch.Ended.SetResult();
        }
        catch (Exception e)
        {
            // Whatever it is, it is the callers'; the loop goes on with the next.
            writes.Fail(entries);
            failed(entries);
            batch.Ended.SetException(
                e is VectorStoreException ? e : new VectorStoreException("the vectors could not be written to Milvus", e));
            // Nobody may be left who waits.
            _ = batch.Ended.Task.Exception;
        }
    }

    private sealed class Batch
    {
        public HashSet<long> Ids { get; } = [];

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
