namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>Where ZIPs are kept while their pictures are read. A file there has no name, so none is left behind by a process that dies.</summary>
/// <param name="folders">The folders, of which the first that can be written is used.</param>
/// <param name="free">Free bytes on the disk of a folder.</param>
internal sealed class UploadFolder(IReadOnlyList<string> folders, Func<string, long> free)
{
    /// <summary>Bytes of the disk that ZIPs leave free.</summary>
    public const long Reserve = DiskReserve.Bytes;

    /// <summary>Uses the folders of a process.</summary>
    public static UploadFolder Of(params IReadOnlyList<string> folders) => new(folders, folder => new DriveInfo(folder).AvailableFreeSpace);

    /// <summary>Creates an empty file.</summary>
    /// <exception cref="IOException">No folder can be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public UploadedFile Create()
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return Create(folders[i]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && i < folders.Count - 1)
            {
                // The next one is tried.
            }
        }
    }

    private UploadedFile Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"upload-{Guid.NewGuid():N}.tmp");
        var options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, options);
        // The open file stays; Windows deletes it when it is closed, also by the end of the process.
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return new UploadedFile(file, () => free(folder) - Reserve);
    }
}
