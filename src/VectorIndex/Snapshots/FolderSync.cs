using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Flushes the entries of a folder to disk: after a power failure a renamed file has its new name.</summary>
internal static partial class FolderSync
{
    /// <summary>No effect on Windows, which has no such call and writes entries through.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int file = Open(folder, 0);
        if (file < 0)
            throw new IOException($"The folder {folder} cannot be opened (error {Marshal.GetLastPInvokeError()}).");
        int result = Sync(file);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(file);
        if (result != 0)
            throw new IOException($"The folder {folder} cannot be flushed to disk (error {error}).");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int file);
}
