namespace ImageSearch;

/// <summary>A search for the nearest rows to any of the picture's vectors.</summary>
/// <param name="Vectors">The picture to search by; a row's distance is that of the nearer view.</param>
/// <param name="TopK">Maximum number of hits, 1..<see cref="MaxTopK"/>.</param>
[GenerateSerializer, Immutable]
public sealed record PictureQuery(PictureVectors Vectors, int TopK)
{
    /// <summary>Maximum hits of one search.</summary>
    public const int MaxTopK = 1000;
}

/// <summary>A row found by a search.</summary>
/// <param name="Id">The row.</param>
/// <param name="Distance">The distance in the table's metric (<see cref="Metric"/>).</param>
/// <param name="Texts">The shop's texts.</param>
[GenerateSerializer, Immutable]
public sealed record PictureHit(long Id, float Distance, PictureTexts Texts);

/// <summary>The hits of a search, nearest first.</summary>
/// <param name="Metric">The metric of their distances.</param>
/// <param name="Hits">At most as many as requested.</param>
[GenerateSerializer, Immutable]
public sealed record PictureHits(Metric Metric, IReadOnlyList<PictureHit> Hits);
