using ImageSearch.Grains.Tests.Search;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Tests.Duplicates;

/// <summary>The groups that brute force finds: every pair is compared, and connected rows are collected one by one.</summary>
internal static class DuplicateModel
{
    /// <summary>The ids of each group with its lowest and highest score, in the order of answers.</summary>
    public static List<(string Ids, float Lowest, float Highest)> Groups(IReadOnlyDictionary<long, StoredItem> items, float minScore)
    {
        var groups = new List<List<long>>();
        var left = items.Keys.Order().ToHashSet();
        while (left.Count > 0)
        {
            var group = new List<long> { left.Min() };
            left.Remove(group[0]);
            for (var i = 0; i < group.Count; i++)
            {
                var near = left.Where(id => Squared(items, group[i], id) <= DuplicateScore.MaxSquaredDistance(minScore)).ToList();
                group.AddRange(near);
                left.ExceptWith(near);
            }

            if (group.Count > 1) groups.Add([.. group.Order()]);
        }

        return
        [
            .. groups.Select(group => (Ids: group, Scores: Pairs(group).Select(pair => 1f - (Squared(items, pair.One, pair.Other) / 4f)).ToList()))
                .OrderByDescending(group => group.Ids.Count).ThenByDescending(group => group.Scores.Max()).ThenBy(group => group.Ids[0])
                .Select(group => (string.Join(' ', group.Ids), group.Scores.Min(), group.Scores.Max())),
        ];
    }

    private static float Squared(IReadOnlyDictionary<long, StoredItem> items, long one, long other) =>
        ExactDistance.Squared(items[one].Vectors.Whole.Span, items[other].Vectors.Whole.Span);

    private static IEnumerable<(long One, long Other)> Pairs(List<long> ids) =>
        ids.SelectMany((one, i) => ids.Skip(i + 1).Select(other => (one, other)));
}
