using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.FilterBench;

/// <summary>Searches with one filter, compared with brute force.</summary>
internal static class FilterRun
{
    private const int Hits = 10;

    public const string Titles = "matching  group_by    recall  p50 ms  p99 ms  filter  vectors  catalog  rows tested  rounds  method";

    /// <param name="items">The table.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="queries">The pictures to search by.</param>
    /// <param name="share">The share of rows that match; null for no filter.</param>
    /// <param name="group">The group field; null for none.</param>
    public static async Task<string> MeasureAsync(ITableItemsGrain items, BenchRows rows, IReadOnlyList<BenchQuery> queries, double? share, string? group)
    {
        var filter = share is { } bound ? string.Create(CultureInfo.InvariantCulture, $"price < {bound:0.######}") : null;
        var milliseconds = new double[queries.Count];
        var answers = new List<ItemHits>();
        for (var i = -queries.Count / 4; i < queries.Count; i++)
        {
            var query = queries[Math.Abs(i) % queries.Count].Vector;
            var request = new ItemQuery([new QueryExample(new PictureVectors(BenchRows.Model, query), null)], Hits)
            {
                Filter = filter,
                GroupBy = group,
                Explain = true,
            };
            var started = Stopwatch.GetTimestamp();
            var answer = BenchPlace.Check(await items.SearchItemsAsync(request, CancellationToken.None));
            if (i < 0) continue;
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            answers.Add(answer);
        }

        // After the measurement: brute force would leave its own data in the processor's caches.
        var (found, wanted) = (0, 0);
        for (var i = 0; i < queries.Count; i++)
        {
            var expected = Nearest(rows, queries[i].Order, share, group);
            wanted += expected.Count;
            found += expected.Intersect(answers[i].Hits.Select(hit => hit.Item.Texts.Key!)).Count();
        }

        var plans = answers.Select(answer => answer.Plan!).ToList();
        Array.Sort(milliseconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(share is null ? "all" : share.Value.ToString("P2", CultureInfo.InvariantCulture)),8}  {group ?? "-",-10}  {(double)found / wanted,6:F4}  {milliseconds[queries.Count / 2],6:F1}  {milliseconds[queries.Count * 99 / 100],6:F1}  {Median(plan => plan.FilterSeconds),6:F1}  {Median(plan => plan.VectorSeconds),7:F1}  {Median(plan => plan.CatalogSeconds),7:F1}  {plans.Average(plan => plan.Examined),11:F0}  {plans.Average(plan => plan.Rounds),6:F1}  {string.Join('/', plans.Select(plan => plan.Method).Distinct())}");

        double Median(Func<SearchPlan, double> seconds) => plans.Select(seconds).Order().ElementAt(plans.Count / 2) * 1_000;
    }

    private static List<string> Nearest(BenchRows rows, int[] order, double? share, string? group)
    {
        var matching = order.Where(row => rows.Matches(row, share));
        var nearest = group is null ? matching : matching.DistinctBy(row => rows.Group(row, group));
        return [.. nearest.Take(Hits).Select(row => string.Create(CultureInfo.InvariantCulture, $"k{row}"))];
    }
}
