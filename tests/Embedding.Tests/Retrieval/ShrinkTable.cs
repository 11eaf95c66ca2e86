#pragma warning disable RS0030 // A command-line program prints.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Recall and time of decoding by the resolution that loaders leave.</summary>
internal static class ShrinkTable
{
    // With 2048 no picture is shrunk by its loader.
    private const double Exact = 2048;

    private static readonly double[] Oversamplings = [Exact, 2, 1.5, 1.25, 1];

    internal static void Print(RetrievalSet set, string model)
    {
        Console.WriteLine($"## {Embedder.Load(model).Identity.Name}: recall@1, recall@10, MRR; cosine to exact: mean, minimum; decode ms");
        float[][]? exact = null;
        foreach (var oversampling in Oversamplings)
        {
            using var embedder = new Embedder(model, manifest => manifest with { Input = manifest.Input with { MinOversampling = oversampling } });
            var files = set.Gallery.Concat(set.Queries.Select(query => query.File)).ToList();
            var vectors = embedder.Each(files, (lane, picture) => embedder.Embed(lane, picture));
            exact ??= vectors;
            var gallery = vectors[..set.Gallery.Count];
            var ranks = set.Queries.Select((query, i) => Ranking.Of(Ranking.Scores(gallery, vectors[set.Gallery.Count + i]), query.Target)).ToList();
            var mixed = set.Queries.Select((query, i) => Ranking.Of(Ranking.Scores(exact[..set.Gallery.Count], vectors[set.Gallery.Count + i]), query.Target)).ToList();
            var cosines = vectors.Zip(exact, (a, b) => (double)Ranking.Scores([a], b)[0]).ToList();
            var name = oversampling == Exact ? "exact" : $"{oversampling:0.00}";
            Console.WriteLine($"{name,-6} {Recall.Of(ranks)}  against exact rows {Recall.Of(mixed)}  cosine {cosines.Average():0.00000} {cosines.Min():0.0000}");
            Console.WriteLine("       " + string.Join("  ", set.Queries.Select((query, i) => (query.Kind, Rank: ranks[i])).GroupBy(q => q.Kind).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => $"{g.Key} {100.0 * g.Count(q => q.Rank == 1) / g.Count():0.0}")));
            Console.WriteLine("       " + string.Join("  ", set.Queries.Select((query, i) => (Size: SizeOf(set.Gallery[query.Target]), Rank: ranks[i])).GroupBy(q => q.Size).OrderBy(g => int.Parse(g.Key))
                .Select(g => $"{g.Key}px {100.0 * g.Count(q => q.Rank == 1) / g.Count():0.0}")));
        }
    }

    // The set of photographs has the longer side in the name: 12_800.jpg.
    private static string SizeOf(string file) =>
        Path.GetFileNameWithoutExtension(file).Split('_') is [_, var size] && int.TryParse(size, out _) ? size : "0";
}
