using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Vectors;

/// <summary>
/// Sends the writes of a table to its collection, one batch at a time: writes that arrive while a batch is in flight form the next one.
/// Only the last write of a row is sent, so the server never receives versions of a row out of order from this process.
/// </summary>
/// <param name="writes">The writes.</param>
/// <param name="sendAsync">Sends the last writes of rows; returns the server's timestamp of them.</param>
/// <param name="onFailed">Called with writes that may not have reached the server.</param>
internal sealed class WriteQueue(
    RecentWrites writes, Func<IReadOnlyList<RecentWrite>, CancellationToken, Task<ulong>> sendAsync,
    Action<IReadOnlyList<RecentWrite>> onFailed)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Batch _next = new();
    private Task _sending = Task.CompletedTask;
    private bool _running;
    private bool _closed;

    /// <summary>Sends the last write of each of these rows; completes when the server has acknowledged it.</summary>
    /// <exception cref="VectorStoreException">The write may not have reached the server.</exception>
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

            return batch.Completion.Task;
        }
    }

    /// <summary>Cancels the batch in flight; waiting writes fail.</summary>
    public async ValueTask DisposeAsync()
    {
        Task sending;
        lock (_lock)
        {
            _closed = true;
            sending = _sending;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        _stop.Dispose();
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
            if (entries.Count > 0) writes.Acknowledge(entries, await sendAsync(entries, _stop.Token).ConfigureAwait(false));
            batch.Completion.SetResult();
        }
        catch (Exception e)
        {
            // Catch everything: the callers get the exception, and the loop continues with the next batch.
            writes.Fail(entries);
            onFailed(entries);
            batch.Completion.SetException(
                e is VectorStoreException ? e : new VectorStoreException("the vectors could not be written to Milvus", e));
            // Observed here, because the callers may have stopped waiting.
            _ = batch.Completion.Task.Exception;
        }
    }

    private sealed class Batch
    {
        public HashSet<long> Ids { get; } = [];

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
