namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>Bounds what the files of a ZIP expand to, and does not trust what the ZIP says about it.</summary>
/// <param name="zipBytes">Bytes of the ZIP.</param>
internal sealed class ZipBudget(long zipBytes)
{
    /// <summary>Bytes that a ZIP of any length may expand to: 100 MB.</summary>
    public const long BaseBytes = 100_000_000;

    /// <summary>Bytes that each byte of the ZIP may expand to; pictures hardly shrink.</summary>
    public const int Ratio = 10;

    private readonly long _limit = (zipBytes * Ratio) + BaseBytes;
    private long _used;
    private long _packed;

    /// <summary>
    /// Counts the compressed bytes of a file. All files together have no more than the ZIP, unless they overlap; reading costs time by these
    /// bytes, also if they expand to nothing.
    /// </summary>
    /// <exception cref="ListUnreadableException">There are too many.</exception>
    public void AddPacked(long bytes)
    {
        _packed += bytes;
        if (_packed > zipBytes) throw new ListUnreadableException(ZipFailures.Overlaps);
    }

    /// <summary>Counts bytes.</summary>
    /// <exception cref="ListUnreadableException">There are too many.</exception>
    public void Add(int bytes)
    {
        _used += bytes;
        if (_used > _limit) throw new ListUnreadableException(ZipFailures.Expands(_limit));
    }
}
