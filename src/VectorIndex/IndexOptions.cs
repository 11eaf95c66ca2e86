using ImageSearch.VectorIndex.Scan;

namespace ImageSearch.VectorIndex;

/// <summary>Options of an index. The defaults were measured, see bench/README.md.</summary>
public sealed record IndexOptions
{
    /// <summary>
    /// Maximum number of rows that searches scan exactly; above it <see cref="NeighborIndex.Maintain"/> builds a graph. Default: 20,000.
    /// </summary>
    public int FlatRows { get; init; } = 20_000;

    /// <summary>
    /// Default beam width of a graph search (efSearch) for 100,000 rows: greater is slower with better recall. It grows with the fourth
    /// root of the number of rows and is at least the number of hits requested. Default: 256.
    /// </summary>
    public int SearchWidth { get; init; } = 256;

    /// <summary>
    /// A search scans all rows if there are fewer than this many per unit of beam width: the scan is as fast, and exact.
    /// </summary>
    internal int RowsPerWidth { get; init; } = 80;

    /// <summary>Bytes of codes per thread of a parallel scan.</summary>
    internal long BytesPerThread { get; init; } = ParallelScan.DefaultBytesPerThread;
}
