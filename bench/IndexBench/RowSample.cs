namespace ImageSearch.IndexBench;

/// <summary>A random sample of rows, reproducible by its seed.</summary>
/// <param name="Share">Between 0 and 1.</param>
/// <param name="Seed">Seed of the sample.</param>
internal sealed record RowSample(double Share, ulong Seed)
{
    public bool Contains(int row) => Draw(row) < Share;

    /// <summary>A pseudo-random number in [0, 1) for each row.</summary>
    private double Draw(int row)
    {
        ulong hash = ((ulong)(uint)row + 1 + (Seed << 32)) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return (hash >> 11) / (double)(1UL << 53);
    }
}
