namespace ImageSearch.Embedding.Pictures.Completeness;

/// <summary>
/// Tracks which bits of which coefficients the scans contain. A progressive file that is truncated between two scans has only complete
/// scans, and no decoder warns about it.
/// </summary>
internal sealed class JpegCoverage
{
    private const byte NotPresent = byte.MaxValue;

    // The lowest bit so far, per component and coefficient.
    private readonly byte[] _lowest;

    internal JpegCoverage(int components)
    {
        _lowest = new byte[64 * components];
        Array.Fill(_lowest, NotPresent);
    }

    /// <summary>Whether all bits of all coefficients are present.</summary>
    internal bool IsComplete => !_lowest.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>Adds a scan.</summary>
    /// <returns>Whether it continues the earlier scans; otherwise a scan is missing in between.</returns>
    internal bool Add(JpegScan scan)
    {
        var follows = true;
        foreach (var part in scan.Parts)
        {
            var band = _lowest.AsSpan((64 * part.Component) + scan.First, scan.Last - scan.First + 1);
            follows &= scan.High == 0 || !band.ContainsAnyExcept((byte)scan.High);
            band.Fill((byte)scan.Low);
        }

        return follows;
    }
}
