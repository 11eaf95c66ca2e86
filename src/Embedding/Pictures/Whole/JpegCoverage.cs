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

    /// <summary>Adds a scan.</summary>
    /// <returns>Whether it refines what earlier scans brought; else one is missing between.</returns>
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
