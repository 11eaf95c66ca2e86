namespace ImageSearch.Grains.Imports;

/// <summary>
/// Adds the pictures of this process's imports. One call to a table runs at a time, and the pictures that are embedded while it runs go
/// together into the next one: they are one commit and one batch for the index. No picture waits for a batch to fill.
/// </summary>
public sealed class ImportAdder
{
    // With texts of the maximum lengths, less than 6 MB of message, and one original more.
    private const long MaxBytes = 4 << 20;

    private readonly Func<TableName, ITableGrain> _tables;
    private readonly Lock _lock = new();

    // A table has a queue while a call to it runs.
    private readonly Dictionary<TableName, Queue<WaitingPicture>> _waiting = [];

    /// <summary>An adder without pictures.</summary>
    /// <param name="grains">Finds the tables.</param>
    public ImportAdder(IGrainFactory grains)
        : this(table => grains.GetGrain<ITableGrain>(table.Value))
    {
    }

    internal ImportAdder(Func<TableName, ITableGrain> tables) => _tables = tables;

    /// <summary>Adds a picture, which replaces the row with its key. Returns after the commit is durable.</summary>
    /// <param name="table">The table.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Cancels the wait for the next call; a call that runs is completed.</param>
    public async Task<Result<long>> AddAsync(TableName table, NewPicture picture, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiting = new WaitingPicture(picture, cancellationToken);
        lock (_lock)
        {
            if (_waiting.TryGetValue(table, out var queue)) queue.Enqueue(waiting);
            else _waiting.Add(table, new Queue<WaitingPicture>([waiting]));

            // Not on the scheduler of this picture's grain: the loop also serves the pictures of others.
            if (queue is null) _ = Task.Run(() => AddAllAsync(table), CancellationToken.None);
        }

        return await waiting.Added.Task;
    }

    private async Task AddAllAsync(TableName table)
    {
        while (TakeBatch(table) is { } batch)
        {
            if (batch.Count > 0) await AddBatchAsync(table, batch);
        }
    }

    // Null: no picture waits, and the next one starts another loop.
    private List<WaitingPicture>? TakeBatch(TableName table)
    {
        lock (_lock)
        {
            var queue = _waiting[table];
            if (queue.Count == 0)
            {
                _waiting.Remove(table);
                return null;
            }

            var batch = new List<WaitingPicture>(Math.Min(queue.Count, NewPicture.MaxPerAdd));
            for (var bytes = 0L; batch.Count < NewPicture.MaxPerAdd && bytes < MaxBytes && queue.TryDequeue(out var waiting);)
            {
                if (waiting.TryCancel()) continue;
                batch.Add(waiting);
                bytes += waiting.Bytes;
            }

            return batch;
        }
    }

    private async Task AddBatchAsync(TableName table, List<WaitingPicture> batch)
    {
        try
        {
            var added = await _tables(table).AddManyAsync(batch.ConvertAll(waiting => waiting.Picture), CancellationToken.None);
            var results = added.TryGet(out var each, out var failure) ? each : [.. batch.Select(_ => (Result<long>)failure)];
            for (var i = 0; i < batch.Count; i++) batch[i].Added.TrySetResult(results[i]);
        }
        catch (Exception)
        {
            // Catch everything: the loop continues. The table's silo died, or is of a version without this call, as during an update. A
            // picture that was stored although the reply is lost replaces its own row.
            await Task.WhenAll(batch.Select(waiting => AddAloneAsync(table, waiting)));
        }
    }

    private async Task AddAloneAsync(TableName table, WaitingPicture waiting)
    {
        try
        {
            waiting.Added.TrySetResult(await _tables(table).AddAsync(waiting.Picture, CancellationToken.None));
        }
        catch (Exception e)
        {
            waiting.Added.TrySetException(e);
        }
    }
}
