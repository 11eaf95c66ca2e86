namespace ImageSearch.Api.Figures;

/// <summary>The space of a disk in bytes.</summary>
/// <param name="Used">What all its files take.</param>
/// <param name="Free">What the process may still write.</param>
internal sealed record DiskSpace(long Used, long Free)
{
    /// <summary>The disk of a folder; null if it can't be read: a front end may have no data folder.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            return new DiskSpace(drive.TotalSize - drive.TotalFreeSpace, drive.AvailableFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
