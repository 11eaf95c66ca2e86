using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Duplicates;

/// <summary>Reads the groups of a search with the present items. Rows that were changed or deleted since are left out.</summary>
internal sealed class DuplicatePages(IItemCatalog items, TableGeneration table)
{
    // Items of a page, unless one group has more.
    private const int MaxRows = 1_000;

    /// <summary>Reads a page.</summary>
    /// <param name="search">The search.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="first">The number of groups before the page.</param>
    /// <param name="count">Maximum number of groups.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<Result<DuplicatePage>> ReadAsync(
        long search, IReadOnlyList<DuplicateGroup> groups, int first, int count, CancellationToken cancellationToken)
    {
        var (next, rows) = (first, 0);
        while (next < groups.Count && next - first < count && (rows == 0 || rows + groups[next].Rows.Count <= MaxRows))
            rows += groups[next++].Rows.Count;
        var page = new List<DuplicateItems>(next - first);
        if (next > first)
        {
            long[] ids = [.. groups.Skip(first).Take(next - first).SelectMany(group => group.Rows).Select(row => row.Id)];
            if (!(await items.ReadItemsAsync(table, ids, cancellationToken)).TryGet(out var read, out var failure)) return failure;
            var byId = read.ToDictionary(item => item.Id);
            for (var i = first; i < next; i++)
            {
                if (Present(groups[i], byId) is { } group) page.Add(group);
            }
        }

        return new DuplicatePage(page, next < groups.Count ? new DuplicatePosition(search, next) : null);
    }

    private static DuplicateItems? Present(DuplicateGroup group, Dictionary<long, Item> byId)
    {
        var present = new List<Item>(group.Rows.Count);
        foreach (var row in group.Rows)
        {
            if (byId.TryGetValue(row.Id, out var item) && item.Version == row.Version) present.Add(item);
        }

        return present.Count < 2
            ? null
            : new DuplicateItems(group.Count - (group.Rows.Count - present.Count), group.LowestScore, group.HighestScore, present);
    }
}
