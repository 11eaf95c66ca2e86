using System.Globalization;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>Results of searches with one target each.</summary>
/// <param name="Ranks">The target's rank from 1, with its query's transform; 0 where it is not among the hits.</param>
internal sealed record RetrievalFigures(IReadOnlyList<(string Transform, int Rank)> Ranks)
{
    /// <summary>The percentage of searches whose target is among the first hits.</summary>
    public double RecallAt(int hits) => Recall(Ranks, hits);

    /// <summary>Searches whose target is not among the first hits.</summary>
    public int MissedAt(int hits) => Ranks.Count(search => !IsWithin(search.Rank, hits));

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Ranks.Count} searches: recall@1 {RecallAt(1):0.00}, recall@10 {RecallAt(10):0.00}, MRR@10 {ReciprocalRankAt10():0.0000}; recall@1 by transform: ")
        + string.Join(
            ", ",
            Ranks.GroupBy(search => search.Transform).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} {Recall([.. group], 1):0.0} (@10 {Recall([.. group], 10):0.0})")));

    private double ReciprocalRankAt10() => Ranks.Average(search => IsWithin(search.Rank, 10) ? 1.0 / search.Rank : 0);

    private static double Recall(IReadOnlyList<(string Transform, int Rank)> ranks, int hits) =>
        100.0 * ranks.Count(search => IsWithin(search.Rank, hits)) / ranks.Count;

    private static bool IsWithin(int rank, int hits) => rank >= 1 && rank <= hits;
}
