using System.Numerics.Tensors;

namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Ranks of the right pictures among all of a gallery, from 1.</summary>
internal static class Ranking
{
    internal static float[] Scores(float[][] gallery, float[] vector) => [.. gallery.Select(row => TensorPrimitives.Dot(row, vector))];

    internal static int Of(float[] scores, int target)
    {
        var own = scores[target];
        var better = 0;
        foreach (var score in scores)
        {
            if (score > own) better++;
        }

        return better + 1;
    }
}

/// <summary>Recall at 1 and 10 in percent, and the mean reciprocal rank.</summary>
internal readonly record struct Recall(double At1, double At10, double Mrr)
{
    internal static Recall Of(IReadOnlyCollection<int> ranks) => ranks.Count == 0 ? default : new(
        100.0 * ranks.Count(rank => rank == 1) / ranks.Count,
        100.0 * ranks.Count(rank => rank <= 10) / ranks.Count,
        ranks.Average(rank => 1.0 / rank));

    public override string ToString() => $"{At1,6:0.00} {At10,6:0.00} {Mrr:0.0000}";
}
