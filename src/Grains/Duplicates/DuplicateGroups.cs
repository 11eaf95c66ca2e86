using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Duplicates;

/// <summary>The groups that a search found.</summary>
/// <param name="Kept">The largest groups; those of one size by their greatest score, then by their first id.</param>
/// <param name="Count">All groups, also those that are not kept.</param>
/// <param name="Items">The rows of all groups.</param>
internal sealed record DuplicateGroups(IReadOnlyList<DuplicateGroup> Kept, int Count, long Items)
{
    /// <summary>Rows that are kept.</summary>
    public int KeptRows => Kept.Sum(group => group.Rows.Count);

    /// <summary>Collects the connected rows, without scores: the largest groups first, those of one size by their first id.</summary>
    /// <param name="connected">The connections.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="limits">How many groups and rows are kept.</param>
    public static DuplicateGroups Of(ConnectedRows connected, TableRows rows, DuplicateLimits limits)
    {
        var first = new List<int>();
        long items = 0;
        for (var i = 0; i < connected.Count; i++)
        {
            if (connected.RootOf(i) != i || connected.SizeOf(i) < 2) continue;
            first.Add(i);
            items += connected.SizeOf(i);
        }

        var count = first.Count;
        var roots = Largest(connected, first, limits);
        var members = roots.ToDictionary(root => root, _ => new List<RowVersion>());
        for (var i = 0; i < connected.Count; i++)
        {
            if (members.TryGetValue(connected.RootOf(i), out var group) && group.Count < DuplicateItems.MaxItems) group.Add(rows[i]);
        }

        return new DuplicateGroups([.. roots.Select(root => new DuplicateGroup(members[root], connected.SizeOf(root)))], count, items);
    }

    /// <summary>Orders scored groups.</summary>
    public DuplicateGroups Ordered(IEnumerable<DuplicateGroup> scored) => this with
    {
        Kept = [.. scored.OrderByDescending(group => group.Count).ThenByDescending(group => group.HighestScore).ThenBy(group => group.Rows[0].Id)],
    };

    private static List<int> Largest(ConnectedRows connected, List<int> roots, DuplicateLimits limits)
    {
        var kept = new List<int>(Math.Min(roots.Count, limits.MaxGroups));
        var keptRows = 0;
        foreach (var root in roots.OrderByDescending(connected.SizeOf))
        {
            keptRows += Math.Min(connected.SizeOf(root), DuplicateItems.MaxItems);
            if (kept.Count == limits.MaxGroups || keptRows > limits.MaxRows) break;
            kept.Add(root);
        }

        return kept;
    }
}
