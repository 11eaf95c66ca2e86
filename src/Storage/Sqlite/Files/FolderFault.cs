namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>Tells apart why a data folder can't be written, each with its own advice.</summary>
internal static class FolderFault
{
    // errno, which .NET keeps as the exception's HResult on Unix.
    private const int Again = 11;
    private const int AgainMac = 35;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int FileTooLarge = 27;
    private const int Quota = 122;
    private const int QuotaMac = 69;

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION as HRESULTs.
    private const int Sharing = unchecked((int)0x80070020);
    private const int Locked = unchecked((int)0x80070021);

    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private const int DiskFull = unchecked((int)0x80070070);
    private const int HandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Another process has the file.</summary>
    public static bool IsHeld(Exception e) => e is IOException && e.HResult is Again or AgainMac or Sharing or Locked;

    /// <summary>What is wrong with the folder and what to do.</summary>
    public static string Sentence(string folder, Exception e) => e switch
    {
        IOException { HResult: ReadOnly } =>
            $"the data folder '{folder}' is on a read-only file system; mount it writable, or set DATA_PATH to a folder on one that is",
        IOException { HResult: NoSpace or DiskFull or HandleDiskFull } => $"the disk of the data folder '{folder}' is full; free some space",
        IOException { HResult: Quota or QuotaMac or FileTooLarge } =>
            $"the data folder '{folder}' is at the limit of what its user may store (quota or file size); raise the limit or free some space",
        UnauthorizedAccessException =>
            $"the data folder '{folder}' can't be written: no permission; give the service's user write access, or set DATA_PATH to a folder of its own",
        _ => $"the data folder '{folder}' can't be written; make DATA_PATH a folder that the service's user may write",
    };

    /// <summary>Tries to write in a folder.</summary>
    /// <returns>Why it does not go; null where it does.</returns>
    public static string? Probe(string folder)
    {
        var path = Path.Combine(folder, $".write-probe-{Environment.ProcessId}");
        try
        {
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
                Options = FileOptions.DeleteOnClose,
            });
            file.Write(stackalloc byte[4096]);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Sentence(folder, e);
        }
    }
}
