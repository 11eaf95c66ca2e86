using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <summary>How an index works; the defaults were measured, see bench/README.md.</summary>
public sealed record IndexOptions
{
    /// <summary>
    /// Rows up to which a search scans all of them, exactly; from there on <see cref="NeighborIndex.Maintain"/> builds a graph.
    /// </summary>
    public int FlatRows { get; init; } = 20_000;

    /// <summary>
    /// Nodes that a search of the graph keeps in view (efSearch) among 100,000 rows, where the search does not say: the greater, the better
    /// the recall and the slower. Larger indexes take more by the fourth root of their size. Never less than the number of hits wanted.
    /// </summary>
    public int SearchWidth { get; init; } = 256;

    /// <summary>
    /// A search whose width is more than one in so many of the rows scans all of them: that is as fast, and exact.
    /// </summary>
    internal int RowsPerWidth { get; init; } = 80;

    /// <summary>Bytes of codes from which on each further thread helps to scan.</summary>
    internal long BytesPerThread { get; init; } = ParallelScan.DefaultBytesPerThread;
}
