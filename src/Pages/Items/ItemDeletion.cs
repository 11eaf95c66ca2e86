using ImageSearch.Client.Items;
using ImageSearch.Client.Problems;

namespace ImageSearch.Pages.Items;

/// <summary>What the deletion of several items did.</summary>
/// <param name="Deleted">The ids of items that are not there any more.</param>
/// <param name="Failures">Why others could not be deleted.</param>
internal sealed record ItemDeletion(IReadOnlySet<long> Deleted, IReadOnlyList<Problem> Failures)
{
    // What a batch takes.
    private const int MaxBatch = 256;

    /// <summary>Deletes items by their ids, so that others with the same key stay.</summary>
    public static async Task<ItemDeletion> RunAsync(ItemCalls items, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var deleted = new HashSet<long>();
        var failures = new List<Problem>();
        foreach (var batch in ids.Chunk(MaxBatch))
        {
            var results = await items.BatchAsync(batch.Select(id => BatchOperation.Delete(id)), cancellationToken);
            foreach (var (id, result) in batch.Zip(results))
            {
                // One that someone else deleted is gone too.
                if (result.Problem is { Code: not (ProblemCode.ItemNotFound or ProblemCode.IdNotFound) } failure) failures.Add(failure);
                else deleted.Add(id);
            }
        }

        return new ItemDeletion(deleted, failures);
    }
}
