namespace ImageSearch.Embedding.Pictures.Whole;

/// <summary>
/// Which bits of which coefficients the scans have brought. A progressive file that was cut between two scans has only whole scans, and
/// no decoder warns of it.
/// </summary>
internal sealed class JpegCoverage
{
    private const byte Nothing = byte.MaxValue;

    // Per component and coefficient the lowest bit so far.
    private readonly byte[] _lowest;

    internal JpegCoverage(int components)
    {
        _lowest = new byte[64 * components];
        Array.Fill(_lowest, Nothing);
    }

    /// <summary>Whether nothing is left to come.</summary>
    internal bool IsComplete => !_lowest.AsSpan().ContainsAnyExcept((byte)0);

    internal void Add(JpegScan scan)
    {
        foreach (var part in scan.Parts) _lowest.AsSpan((64 * part.Component) + scan.First, scan.Last - scan.First + 1).Fill((byte)scan.Low);
    }
}
