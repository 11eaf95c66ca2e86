namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>How a search is done.</summary>
/// <param name="MetricType">L2, IP or COSINE: that of the index.</param>
/// <param name="Parameters">The index' search parameters, such as ef or nprobe.</param>
internal sealed record MilvusSearch(string MetricType, IReadOnlyDictionary<string, object> Parameters)
{
    /// <summary>
    /// The search waits until it sees all writes up to this timestamp. Null: as far as the server has come; it waits only where that is
    /// more than some seconds ago.
    /// </summary>
    public ulong? Guarantee { get; init; }

    /// <summary>The search waits until it sees all writes before it; <see cref="Guarantee"/> does not count then.</summary>
    public bool Strong { get; init; }
}

/// <summary>A row near a query.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="Version">The version whose vector it was.</param>
/// <param name="Score">Milvus' own: squared distance for L2, dot product for IP, cosine for COSINE.</param>
internal readonly record struct MilvusHit(long Id, long Version, float Score);
