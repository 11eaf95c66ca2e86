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
        var (kept, found, earlier, yields) = (new List<int>(adds.Count), new FoundDuplicate?[adds.Count], new int[adds.Count], new bool[adds.Count]);
        for (var i = 0; i < adds.Count; i++)
        {
            earlier[i] = -1;
            if (candidates[i] is { } candidate)
            {
                // An add that changes nothing neither is a duplicate nor has duplicates, nor has one whose item a later add replaces.
                yields[i] = await YieldsAsync(table, candidate, kept.Exists(j => !yields[j] && Replaces(candidates[j], candidate)), cancellationToken);
                if (candidate.Rule != DuplicateRule.Allow && !yields[i])
                {
                    var present = kept.Where(j => !yields[j] && candidates[j] is not null && !kept.Exists(k => k > j && !yields[k] && Replaces(candidates[k], candidates[j])));
                    earlier[i] = present.FirstOrDefault(j => AreDuplicates(candidate, candidates[j]!), -1);
                    List<DuplicateCandidate> before = [.. kept.Where(j => !yields[j]).Select(j => candidates[j]).OfType<DuplicateCandidate>()];
                    if (earlier[i] < 0) found[i] = await _nearest.FindAsync(table, candidate, before, cancellationToken);
                }
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
            else if (earlier[i] >= 0) all[i] = results.Of(candidates[i]!, all[earlier[i]]);
        }

        return Result.Success<IReadOnlyList<Result<TResult>>>(all);
    }

    private static bool AreDuplicates(DuplicateCandidate one, DuplicateCandidate other) =>
        (one.Replaced is null || one.Replaced != other.Replaced)
        && ExactDistance.Squared(one.Vector.Span, other.Vector.Span) <= one.MaxSquaredDistance;

    private static bool Replaces(DuplicateCandidate? later, DuplicateCandidate? earlier) =>
        later?.Replaced is { } replaced && earlier?.Replaced == replaced;

    // An item that an earlier add of the call makes is there when the catalog comes to this one.
    private async Task<bool> YieldsAsync(TableRecord table, DuplicateCandidate candidate, bool isMade, CancellationToken cancellationToken) =>
        candidate is { YieldsTo: { } yieldsTo, Replaced: { } replaced }
        && (isMade || yieldsTo((await items.FindItemAsync(table.Generation, replaced, null, cancellationToken)).OrThrow()));
}
