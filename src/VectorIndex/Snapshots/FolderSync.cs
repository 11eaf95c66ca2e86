using System.Runtime.InteropServices;

namespace ImageSearch.VectorIndex.Snapshots;

/// <summary>Makes a folder's entries durable: after a power cut a renamed file is there under its new name.</summary>
internal static partial class FolderSync
{
    /// <summary>Windows writes entries through by itself and has no such call.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int file = Open(folder, 0);
        if (file < 0)
            throw new IOException($"The folder {folder} can't be opened (error {Marshal.GetLastPInvokeError()}).");
        int result = Sync(file);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(file);
        if (result != 0)
            throw new IOException($"The folder {folder} can't be made durable (error {error}).");
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
