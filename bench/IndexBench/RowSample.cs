namespace ImageSearch.IndexBench;

/// <summary>A share of the rows, drawn at random by their numbers: the same ones in every run.</summary>
/// <param name="Share">Between 0 and 1.</param>
/// <param name="Seed">Another one draws others.</param>
internal sealed record RowSample(double Share, ulong Seed)
{
    public bool Has(int row) => Draw(row) < Share;

    /// <summary>A number from 0 to below 1 for each row.</summary>
    private double Draw(int row)
    {
        ulong hash = ((ulong)(uint)row + 1 + (Seed << 32)) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return (hash >> 11) / (double)(1UL << 53);
    }
}
