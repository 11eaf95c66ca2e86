
#pragma warning disable RS0030, CA1861 // A command-line program prints, once.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>What two views of a query find, and what they find when the second view is skipped for some.</summary>
internal static class ViewTable
{
    internal static void Print(RetrievalSet set, string model)
    {
        using var embedder = new Embedder(model);
        var gallery = embedder.Each(set.Gallery, (lane, picture) => embedder.Embed(lane, picture));
        var views = embedder.Each([.. set.Queries.Select(query => query.File)], (lane, picture) => ViewSample.Of(embedder, lane, picture));
        var queries = views.Select((view, i) => new ViewRanks(set.Queries[i], view, gallery)).ToList();

        Console.WriteLine($"## {embedder.Manifest.Identity.Name}");
        Line("one view", queries, _ => false);
        Line("two views where there is a box", queries, _ => true);
        Line("two views only where they help", queries, query => query.Both < query.Whole);
        foreach (var (name, feature, descending) in ViewSample.Features)
        {
            Console.WriteLine($"second view only where {name} is");
            var values = queries.Where(q => q.View.Crop is not null).Select(q => feature(q.View)).Order().ToList();
            foreach (var skipped in new[] { 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9 })
            {
                var limit = values[(int)((values.Count - 1) * (descending ? 1 - skipped : skipped))];
                Line($"  {(descending ? "<=" : ">=")} {limit:0.0000}", queries, q => descending ? feature(q.View) <= limit : feature(q.View) >= limit);
            }
        }

        Console.WriteLine("second view only where the area is at most a, and the background is not plain (at least b) or the area is below p");
        foreach (var (a, b, p) in from a in new[] { 0.8, 0.7, 0.6, 0.55 } from b in new[] { 0, 0.01, 0.02, 0.03, 0.05, 0.1 } from p in new[] { 0, 0.15, 0.25, 0.35 } where b > 0 || p == 0 select (a, b, p))
            Line($"  a {a:0.00} b {b:0.00} p {p:0.00}", queries, q => q.View.Area <= a && (q.View.Outside >= b || q.View.Area < p));

        Console.WriteLine("second view only where the first answer is not sure: top score < s or margin < m");
        foreach (var (s, m) in from s in new[] { 0.6, 0.7, 0.8, 0.85, 0.9, 0.95 } from m in new[] { 0, 0.02, 0.05, 0.1, 0.2 } select (s, m))
            Line($"  s {s:0.00} m {m:0.00}", queries, query => query.Top < s || query.Margin < m);
    }

    private static void Line(string name, List<ViewRanks> queries, Func<ViewRanks, bool> second)
    {
        var used = queries.Select(query => query.View.Crop is not null && second(query)).ToList();
        var ranks = queries.Select((query, i) => used[i] ? query.Both : query.Whole).ToList();
        var kinds = queries.Select((query, i) => (query.Query.Kind, Rank: ranks[i], Used: used[i])).GroupBy(q => q.Kind).OrderBy(g => g.Key, StringComparer.Ordinal);
        Console.WriteLine(
            $"{name,-34} {1 + (used.Count(u => u) / (double)used.Count),6:0.000} inferences  {Recall.Of(ranks)}  "
            + string.Join(" ", kinds.Select(g => $"{g.Key} {100.0 * g.Count(q => q.Rank == 1) / g.Count():0.0}/{1 + (g.Count(q => q.Used) / (double)g.Count()):0.00}")));
    }
}

/// <summary>The ranks of a query's target by the whole picture, and by the better of both views.</summary>
internal sealed class ViewRanks
{
    internal ViewRanks(Query query, ViewSample view, float[][] gallery)
    {
        (Query, View) = (query, view);
        var scores = Ranking.Scores(gallery, view.Whole);
        Whole = Ranking.Of(scores, query.Target);
        var sorted = scores.OrderDescending().Take(2).ToList();
        (Top, Margin) = (sorted[0], sorted[0] - sorted[1]);
        Both = view.Crop is null ? Whole : Ranking.Of([.. scores.Zip(Ranking.Scores(gallery, view.Crop), Math.Max)], query.Target);
    }

    internal Query Query { get; }

    internal ViewSample View { get; }

    internal int Whole { get; }

    internal int Both { get; }

    internal float Top { get; }

    internal float Margin { get; }
}
