using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Items;

namespace ImageSearch.Api.V1.Batches;

/// <summary>
/// Runs a batch: pictures are embedded concurrently, then the writes happen in the order of the operations. Puts that are neighbours are
/// one commit.
/// </summary>
internal sealed class BatchRunner(IGrainFactory grains, ItemWriter writer, RequestLimiter limiter)
{
    // A batch must not take all leases: calls with one picture are served beside it.
    private const int ConcurrentPictures = 8;

    public async Task<IReadOnlyList<BatchResult>> RunAsync(
        TableName table, IReadOnlyList<Result<BatchOperation>> operations, CancellationToken cancellationToken)
    {
        var results = new BatchResult?[operations.Count];
        var puts = new ItemPut?[operations.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, operations.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentPictures, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                if (!operations[i].TryGet(out var operation, out var failure)) results[i] = BatchResult.Of(failure);
                else if (operation.Put is { } put) (puts[i], results[i]) = await PrepareAsync(table, put, IsFirst(operations, i), cancellation);
            });

        // A client that gets Busy for each operation sends the batch again.
        if (!limiter.Acquire(CallCost.Cheap).TryGet(out var lease, out var busy)) return [.. results.Select(result => result ?? BatchResult.Of(busy))];
        using var ownedLease = lease;
        for (var i = 0; i < operations.Count; i++)
        {
            if (results[i] is not null) continue;
            if (puts[i] is null)
            {
                results[i] = await DeleteAsync(table, operations[i].Value!.Delete, cancellationToken);
                continue;
            }

            // Failed operations between two puts do not separate them.
            var neighbours = Enumerable.Range(i, operations.Count - i).TakeWhile(j => results[j] is not null || puts[j] is not null)
                .Where(j => results[j] is null).ToList();
            await StoreAsync(table, neighbours, puts, results, cancellationToken);
        }

        return results!;
    }

    private async Task<(ItemPut? Put, BatchResult? Result)> PrepareAsync(
        TableName table, PutRequest put, bool isFirst, CancellationToken cancellationToken)
    {
        if (!(await writer.PrepareAsync(table, put, isFirst, cancellationToken)).TryGet(out var prepared, out var failure))
            return (null, BatchResult.Of(failure));
        return prepared.Put is { } ready ? (ready, null) : (null, BatchResult.Of(prepared.Kept!));
    }

    private async Task<BatchResult> DeleteAsync(TableName table, ItemReference item, CancellationToken cancellationToken)
    {
        var deleted = await grains.Items(table).DeleteItemAsync(item, null, cancellationToken);
        return deleted.TryGet(out var count, out var failure) ? BatchResult.OfDeleted(count) : BatchResult.Of(failure.Named(item));
    }

    private async Task StoreAsync(
        TableName table, List<int> indexes, ItemPut?[] puts, BatchResult?[] results, CancellationToken cancellationToken)
    {
        var stored = await grains.Items(table).PutItemsAsync([.. indexes.Select(i => puts[i]!)], cancellationToken);
        for (var i = 0; i < indexes.Count; i++)
            results[indexes[i]] = stored.TryGet(out var writes, out var failure) ? BatchResult.Of(writes[i]) : BatchResult.Of(failure);
    }

    // An operation before it may create or delete the item; then only the write itself knows what is there.
    private static bool IsFirst(IReadOnlyList<Result<BatchOperation>> operations, int index)
    {
        var key = operations[index].Value!.Put!.Key;
        for (var i = 0; i < index; i++)
        {
            if (operations[i].Value is not { } earlier) continue;
            if (earlier.Put is { } put ? put.Key == key : earlier.Delete.Key is null || earlier.Delete.Key == key) return false;
        }

        return true;
    }
}
