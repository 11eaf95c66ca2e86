namespace ImageSearch.Grains.Imports;

/// <summary>
/// Puts pictures together into calls to their tables. One call to a table runs at a time, and the pictures that come while it runs go together
/// into the next one. No picture waits for a batch to fill.
/// </summary>
/// <typeparam name="TPicture">A picture of a call.</typeparam>
/// <typeparam name="TResult">The result of one.</typeparam>
/// <param name="callAllAsync">The call with several pictures.</param>
/// <param name="callOneAsync">The call with one.</param>
/// <param name="vectorsOf">The vectors of a picture, with what is kept of it.</param>
internal sealed class CallBatches<TPicture, TResult>(
    Func<TableName, IReadOnlyList<TPicture>, Task<Result<IReadOnlyList<Result<TResult>>>>> callAllAsync,
    Func<TableName, TPicture, Task<Result<TResult>>> callOneAsync,
    Func<TPicture, PictureVectors> vectorsOf)
{
    // With texts of the maximum lengths, less than 6 MB of message, and one original more.
    private const long MaxBytes = 4 << 20;

    private readonly Lock _lock = new();

    // A table has a queue while a call to it runs.
    private readonly Dictionary<TableName, Queue<WaitingPicture<TPicture, TResult>>> _waiting = [];

    /// <summary>Passes a picture on with the next call to its table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Cancels the wait for the next call; a call that runs is completed.</param>
    public async Task<Result<TResult>> AddAsync(TableName table, TPicture picture, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new WaitingPicture<TPicture, TResult>(picture, vectorsOf(picture), cancellationToken);
        lock (_lock)
        {
            if (_waiting.TryGetValue(table, out var queue)) queue.Enqueue(waiting);
            else _waiting.Add(table, new Queue<WaitingPicture<TPicture, TResult>>([waiting]));

            // Not on the scheduler of this picture's grain: the loop also serves the pictures of others.
            if (queue is null) _ = Task.Run(() => RunAsync(table), CancellationToken.None);
        }

        return await waiting.Done.Task;
    }

    private async Task RunAsync(TableName table)
    {
        while (TakeBatch(table) is { } batch)
        {
            if (batch.Count > 0) await CallAsync(table, batch);
        }
    }

    // Null: no picture waits, and the next one starts another loop.
    private List<WaitingPicture<TPicture, TResult>>? TakeBatch(TableName table)
    {
        lock (_lock)
        {
            var queue = _waiting[table];
            if (queue.Count == 0)
            {
                _waiting.Remove(table);
                return null;
            }

            var batch = new List<WaitingPicture<TPicture, TResult>>(Math.Min(queue.Count, NewPicture.MaxPerAdd));
            for (var bytes = 0L; batch.Count < NewPicture.MaxPerAdd && bytes < MaxBytes && queue.TryDequeue(out var waiting);)
            {
                if (waiting.TryCancel()) continue;
                batch.Add(waiting);
                bytes += waiting.Bytes;
            }

            return batch;
        }
    }

    private async Task CallAsync(TableName table, List<WaitingPicture<TPicture, TResult>> batch)
    {
        try
        {
            var called = await callAllAsync(table, batch.ConvertAll(waiting => waiting.Picture));
            var results = called.TryGet(out var each, out var failure) ? each : [.. batch.Select(_ => (Result<TResult>)failure)];
            for (var i = 0; i < batch.Count; i++) batch[i].Done.TrySetResult(results[i]);
        }
        catch (Exception)
        {
            // Catch everything: the loop continues. The table's silo died, or is of a version without this call, as during an update. A
            // picture that was stored although the reply is lost replaces its own row.
            await Task.WhenAll(batch.Select(waiting => CallAloneAsync(table, waiting)));
        }
    }

    private async Task CallAloneAsync(TableName table, WaitingPicture<TPicture, TResult> waiting)
    {
        try
        {
            waiting.Done.TrySetResult(await callOneAsync(table, waiting.Picture));
        }
        catch (Exception e)
        {
            waiting.Done.TrySetException(e);
        }
    }
}
