using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// Keeps pictures that the table has already, or almost, out of it. Adds that are checked run one after another in an activation, each until
/// its rows are in the vector store, so of two concurrent adds of one picture the later one finds the earlier. Two activations, or two
/// processes on one database, do not see what the other one is adding.
/// </summary>
internal sealed class DuplicateGuard(ICatalog catalog, IItemCatalog items, IVectorStore vectors)
{
    private readonly TableGate _adding = new();
    private readonly NearestDuplicate _nearest = new(catalog, items, vectors);

    /// <summary>Stores the pictures that are no duplicates.</summary>
    /// <typeparam name="TAdd">A picture to add.</typeparam>
    /// <typeparam name="TResult">The result of one.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="adds">The pictures.</param>
    /// <param name="toCandidate">What is compared, also with later pictures of the call; null for a picture that can't be stored.</param>
    /// <param name="storeAsync">Stores pictures.</param>
    /// <param name="results">The results of duplicates.</param>
    /// <param name="cancellationToken">Cancels the call before pictures are stored.</param>
    /// <returns>The results in the order of the pictures.</returns>
    public async Task<Result<IReadOnlyList<Result<TResult>>>> AddAsync<TAdd, TResult>(
        TableRecord table,
        IReadOnlyList<TAdd> adds,
        Func<TAdd, DuplicateCandidate?> toCandidate,
        Func<IReadOnlyList<TAdd>, Task<Result<IReadOnlyList<Result<TResult>>>>> storeAsync,
        DuplicateResults<TResult> results,
        CancellationToken cancellationToken)
    {
        DuplicateCandidate?[] candidates = [.. adds.Select(toCandidate)];
        if (Array.TrueForAll(candidates, candidate => candidate is null or { Rule: DuplicateRule.Allow })) return await storeAsync(adds);

        using var alone = await _adding.EnterExclusiveAsync(cancellationToken);
        var (kept, found, earlier) = (new List<int>(adds.Count), new FoundDuplicate?[adds.Count], new int[adds.Count]);
        for (var i = 0; i < adds.Count; i++)
        {
            earlier[i] = -1;
            if (candidates[i] is { Rule: not DuplicateRule.Allow } candidate)
            {
                List<DuplicateCandidate> before = [.. kept.Select(j => candidates[j]).OfType<DuplicateCandidate>()];
                earlier[i] = kept.FindIndex(j => candidates[j] is { } other && AreDuplicates(candidate, other));
                if (earlier[i] < 0) found[i] = await _nearest.FindAsync(table, candidate, before, cancellationToken);
                if ((earlier[i] >= 0 || found[i] is not null) && await YieldsAsync(table, candidate, cancellationToken))
                    (earlier[i], found[i]) = (-1, null);
            }

            if (earlier[i] < 0 && found[i] is null) kept.Add(i);
        }

        Result<IReadOnlyList<Result<TResult>>> stored = kept.Count == 0
            ? Result.Success<IReadOnlyList<Result<TResult>>>([])
            : await storeAsync([.. kept.Select(i => adds[i])]);
        if (!stored.TryGet(out var each, out var failure)) return failure;

        var all = new Result<TResult>[adds.Count];
        for (var i = 0; i < kept.Count; i++) all[kept[i]] = each[i];
        for (var i = 0; i < adds.Count; i++)
        {
            if (found[i] is { } there) all[i] = results.Of(candidates[i]!, there);
            else if (earlier[i] >= 0) all[i] = results.Of(candidates[i]!, each[earlier[i]]);
        }

        return Result.Success<IReadOnlyList<Result<TResult>>>(all);
    }

    private static bool AreDuplicates(DuplicateCandidate one, DuplicateCandidate other) =>
        (one.Replaced is null || one.Replaced != other.Replaced)
        && ExactDistance.Squared(one.Vector.Span, other.Vector.Span) <= one.MaxSquaredDistance;

    private async Task<bool> YieldsAsync(TableRecord table, DuplicateCandidate candidate, CancellationToken cancellationToken) =>
        candidate is { YieldsTo: { } yieldsTo, Replaced: { } replaced }
        && yieldsTo((await items.FindItemAsync(table.Generation, replaced, null, cancellationToken)).OrThrow());
}
