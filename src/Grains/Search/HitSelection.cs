using ImageSearch.Filtering;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Search;

/// <summary>Selects a page of hits among joined rows: tests the filter, keeps the nearest row of each group, and drops earlier pages.</summary>
/// <param name="query">The query.</param>
/// <param name="filter">Tests rows; null for no filter.</param>
/// <param name="group">The field whose values are groups; null for none.</param>
/// <param name="examples">Items that are no hits.</param>
/// <param name="error">How far the distances of the vector store's hits may be from the exact ones; those of rows that are added are exact.</param>
internal sealed class HitSelection(ItemQuery query, ItemMatcher? filter, FilterField? group, IReadOnlySet<long> examples, float error)
{
    private readonly HashSet<RowVersion> _examined = [];
    private readonly Dictionary<long, ItemHit> _hits = [];
    private readonly Dictionary<FilterValue, ItemHit> _groups = [];
    private int _groupsAfter;

    /// <summary>The number of hits, or of groups, of this page and later ones.</summary>
    public int Found => group is null ? _hits.Count : _groupsAfter;

    /// <summary>How many hits the page lacks.</summary>
    public int Missing => Math.Max(0, query.Count - Found);

    /// <summary>The values of all groups found so far, also of those that earlier pages returned.</summary>
    public IReadOnlyCollection<FilterValue> Groups => _groups.Keys;

    /// <summary>Whether a row is of a group that is not found yet.</summary>
    public bool IsOfNewGroup(Item item) => ItemFieldValue.Of(item, group!) is { } value && !_groups.ContainsKey(value);

    /// <summary>Whether this row, and every row that is farther away, has a score that is too small.</summary>
    public bool IsTooFar(VectorHit near) => query.MinScore is { } min && IsTooFar(near.SquaredDistance - error, min);

    /// <summary>Whether a row is worth reading. A row before the position is worth it only if its group must be known.</summary>
    public bool IsCandidate(VectorHit near) =>
        !examples.Contains(near.Row.Id)
        && !_examined.Contains(near.Row)
        && (group is not null || MayBeAfterPosition(near.SquaredDistance, near.Row.Id));

    /// <summary>Whether a row matches, and its exact distance may decide whether or where it is on the page.</summary>
    public bool NeedsExactDistance(ItemHit hit) =>
        (filter is null || filter.Matches(hit.Item))
        && MayBeAfterPosition(hit.SquaredDistance, hit.Item.Id)
        && (group is null || ItemFieldValue.Of(hit.Item, group) is not { } value
            || !_groups.TryGetValue(value, out var best) || hit.SquaredDistance - error <= best.SquaredDistance);

    /// <summary>Whether this row, which is not examined, may be nearer than the last one of a full page.</summary>
    public bool MayBeOnPage(VectorHit near) =>
        error > 0 && Page() is { Count: > 0 } page && near.SquaredDistance - error <= page[^1].SquaredDistance;

    /// <summary>Tests a row.</summary>
    public void Add(ItemHit hit)
    {
        _examined.Add(new RowVersion(hit.Item.Id, hit.Item.Version));
        if (filter is not null && !filter.Matches(hit.Item)) return;
        if (query.MinScore is { } min && IsTooFar(hit.SquaredDistance, min)) return;
        if (group is null)
        {
            if (IsAfterPosition(hit.SquaredDistance, hit.Item.Id)) _hits[hit.Item.Id] = hit;
        }
        else if (ItemFieldValue.Of(hit.Item, group) is { } value) AddToGroup(value, hit);
    }

    /// <summary>The hits of the page in the order of hits.</summary>
    public List<ItemHit> Page() =>
    [
        .. (group is null ? _hits.Values : _groups.Values.Where(hit => IsAfterPosition(hit.SquaredDistance, hit.Item.Id)))
            .OrderBy(hit => hit.SquaredDistance).ThenBy(hit => hit.Item.Id).Take(query.Count),
    ];

    // A larger search of a graph may find a row that is nearer than those of a smaller one.
    private void AddToGroup(FilterValue value, ItemHit hit)
    {
        if (_groups.TryGetValue(value, out var best))
        {
            if (!IsBefore(hit.SquaredDistance, hit.Item.Id, best.SquaredDistance, best.Item.Id)) return;
            if (IsAfterPosition(best.SquaredDistance, best.Item.Id)) _groupsAfter--;
        }

        _groups[value] = hit;
        if (IsAfterPosition(hit.SquaredDistance, hit.Item.Id)) _groupsAfter++;
    }

    private static bool IsTooFar(float squaredDistance, float minScore) => 1f - (squaredDistance / 4f) < minScore;

    private bool MayBeAfterPosition(float squaredDistance, long id) =>
        IsAfterPosition(squaredDistance, id) || (error > 0 && squaredDistance + error >= query.After!.SquaredDistance);

    private bool IsAfterPosition(float squaredDistance, long id) =>
        query.After is not { } after || IsBefore(after.SquaredDistance, after.Id, squaredDistance, id);

    private static bool IsBefore(float distance, long id, float otherDistance, long otherId) =>
        distance < otherDistance || (distance == otherDistance && id < otherId);
}
