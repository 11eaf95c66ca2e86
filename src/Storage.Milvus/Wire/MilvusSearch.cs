namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The parameters of a search.</summary>
/// <param name="MetricType">The metric of the index: L2, IP or COSINE.</param>
/// <param name="Parameters">The search parameters of the index, such as ef or nprobe.</param>
public sealed record MilvusSearch(string MetricType, IReadOnlyDictionary<string, int> Parameters)
{
    /// <summary>An expression that hits match; null for every row.</summary>
    public string? Filter { get; init; }

    /// <summary>
    /// The search waits until it sees all writes up to this timestamp. Null for bounded consistency: it waits only if the server is more
    /// than some seconds behind.
    /// </summary>
    public ulong? Guarantee { get; init; }

    /// <summary>The search waits until it sees all earlier writes; <see cref="Guarantee"/> is ignored then.</summary>
    public bool Strong { get; init; }
}
