namespace ImageSearch;

/// <summary>The space that what is not the catalog leaves free on a disk: uploads and backups stop before the catalog's writes fail.</summary>
public static class DiskReserve
{
    /// <summary>Free bytes: 1 GiB, because the catalog is often on the same disk.</summary>
    public const long Bytes = 1L << 30;
}
