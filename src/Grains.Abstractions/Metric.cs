namespace ImageSearch;

/// <summary>
/// What a table reports as the distance of a hit. Vectors have unit length, so all three give the same order.
/// </summary>
[GenerateSerializer]
public enum Metric
{
    /// <summary>Squared Euclidean distance, 0..4, nearest is smallest.</summary>
    L2,

    /// <summary>Inner product, -1..1, nearest is largest.</summary>
    IP,

    /// <summary>Cosine similarity, -1..1, nearest is largest.</summary>
    Cosine,
}

/// <summary>Conversions between what a metric reports and the squared distance that everything is ordered by.</summary>
public static class MetricExtensions
{
    /// <summary>What a client of a table with this metric sees for a squared Euclidean distance between unit vectors.</summary>
    public static float FromSquaredDistance(this Metric metric, float squaredDistance) =>
        metric == Metric.L2 ? squaredDistance : 1f - (squaredDistance / 2f);
}
