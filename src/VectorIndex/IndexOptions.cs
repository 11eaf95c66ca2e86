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
    /// Beam width of a graph search (efSearch): greater is slower with better recall. It is at least the number of hits requested. 0, the
    /// default: <see cref="NeighborIndex.Maintain"/> measures the recall of a sample and selects the smallest width that reaches <see
    /// cref="TargetRecall"/>, 32 to 2,220.
    /// </summary>
    public int SearchWidth { get; init; }

    /// <summary>The share of the ten nearest rows that a search should find on average, above 0 and below 1. Default: 0.98.</summary>
    public double TargetRecall { get; init; } = 0.98;

    /// <summary>
    /// A search scans all rows if there are fewer than this many per unit of beam width: the scan is as fast, and exact.
    /// </summary>
    internal int RowsPerWidth { get; init; } = 40;

    /// <summary>Bytes of codes per thread of a parallel scan.</summary>
    internal long BytesPerThread { get; init; } = ParallelScan.DefaultBytesPerThread;

    internal IndexOptions Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(SearchWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(TargetRecall);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(TargetRecall, 1);
        return this;
    }
}
