using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Batches;

/// <summary>
/// Runs a batch: pictures are embedded concurrently, then the writes happen in the order of the operations. Puts that are neighbours are
/// one commit.
/// </summary>
internal sealed class BatchRunner(IGrainFactory grains, ItemWriter writer, RequestLimiter limiter)
{
    // A batch must not take all leases: calls with one picture are served beside it.
    private const int ConcurrentPictures = 8;

    // All pictures are embedded before the first write, and their files wait in memory: the body has at most this, but URLs may have more.
    private const long MaxOriginalBytes = RequestLimits.MaxBodyBytes;

    public async Task<IReadOnlyList<BatchResult>> RunAsync(
        TableName table, IReadOnlyList<Result<BatchOperation>> operations, CancellationToken cancellationToken)
    {
        var results = new BatchResult?[operations.Count];
        var puts = new ItemPut?[operations.Count];
        var originals = 0L;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, operations.Count),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentPictures, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                if (!operations[i].TryGet(out var operation, out var failure)) results[i] = BatchResult.Of(failure.Within($"operations[{i}]"));
                else if (operation.Put is { } put) (puts[i], results[i]) = await PrepareAsync(table, put, IsFirst(operations, i), i, cancellation);
                if (puts[i]?.Vectors.Kept?.Original is not { } original || Interlocked.Add(ref originals, original.Bytes.Length) <= MaxOriginalBytes) return;
                (puts[i], results[i]) = (null, BatchResult.Of(Of(TooManyBytes, i, "put")));
            });

        // A client that gets Busy for each operation sends the batch again.
        var cost = originals > 0 ? CallCost.Original : CallCost.Cheap;
        if (!limiter.Acquire(cost).TryGet(out var lease, out var busy)) return [.. results.Select(result => result ?? BatchResult.Of(busy))];
        using var ownedLease = lease;
        for (var i = 0; i < operations.Count; i++)
        {
            if (results[i] is not null) continue;
            if (puts[i] is null)
            {
                results[i] = await DeleteAsync(table, operations[i].Value!.Delete, i, cancellationToken);
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
        TableName table, PutRequest put, bool isFirst, int index, CancellationToken cancellationToken)
    {
        if (!(await writer.PrepareAsync(table, put, isFirst, cancellationToken)).TryGet(out var prepared, out var failure))
            return (null, BatchResult.Of(Of(failure, index, "put")));
        return prepared.Put is { } ready ? (ready, null) : (null, BatchResult.Of(prepared.Kept!));
    }

    private async Task<BatchResult> DeleteAsync(TableName table, ItemReference item, int index, CancellationToken cancellationToken)
    {
        var deleted = await grains.Items(table).DeleteItemAsync(item, null, cancellationToken);
        return deleted.TryGet(out var count, out var failure) ? BatchResult.OfDeleted(count) : BatchResult.Of(Of(failure.Named(item), index, "delete"));
    }

    private async Task StoreAsync(
        TableName table, List<int> indexes, ItemPut?[] puts, BatchResult?[] results, CancellationToken cancellationToken)
    {
        var stored = await grains.Items(table).PutItemsAsync([.. indexes.Select(i => puts[i]!)], cancellationToken);
        for (var i = 0; i < indexes.Count; i++)
        {
            var write = stored.TryGet(out var writes, out var failure) ? writes[i] : failure;
            if (write.Failure is { } refused) write = Of(refused.Named(new ItemReference(puts[indexes[i]]!.Texts.Key, 0)), indexes[i], "put");
            results[indexes[i]] = BatchResult.Of(write);
        }
    }

    private static Failure TooManyBytes { get; } = new(
        FailureCode.RequestInvalid,
        $"the pictures of a batch have at most {MaxOriginalBytes >> 20} MB in all where their originals are kept; put this one in another batch")
    {
        Field = "url",
        Bound = $"pictures of at most {MaxOriginalBytes >> 20} MB in all operations of a batch",
    };

    // The table is in the path of the call.
    private static Failure Of(Failure failure, int index, string kind) =>
        failure.Code is FailureCode.TableNotFound or FailureCode.TableDropped ? failure : failure.Within($"operations[{index}].{kind}");

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
