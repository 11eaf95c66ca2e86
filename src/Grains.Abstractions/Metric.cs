namespace ImageSearch;

/// <summary>
/// The distance that a table reports for a hit. Vectors have unit length, so all three metrics give the same order.
/// </summary>
[GenerateSerializer]
public enum Metric
{
    /// <summary>Squared Euclidean distance, 0..4, smaller is nearer.</summary>
    L2,

    /// <summary>Inner product, -1..1, larger is nearer.</summary>
    IP,

    /// <summary>Cosine similarity, -1..1, larger is nearer.</summary>
    Cosine,
}

/// <summary>Converts the squared distance, by which hits are ordered, to a metric.</summary>
public static class MetricExtensions
{
    /// <summary>The metric's value for a squared Euclidean distance between unit vectors.</summary>
    public static float FromSquaredDistance(this Metric metric, float squaredDistance) =>
        metric == Metric.L2 ? squaredDistance : 1f - (squaredDistance / 2f);
}
