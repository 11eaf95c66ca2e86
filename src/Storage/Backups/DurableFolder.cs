using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Storage.Backups;

/// <summary>Makes the entries of a folder durable: after a power failure a renamed file or folder has its new name.</summary>
internal static class DurableFolder
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Renames a folder or file within one folder, durably.</summary>
    public static void Rename(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to);
        Flush(Path.GetDirectoryName(to)!);
    }

    /// <summary>Flushes the entries of a folder and of all folders in it.</summary>
    public static void FlushAll(string folder)
    {
        foreach (var inner in Directory.EnumerateDirectories(folder)) FlushAll(inner);
        Flush(folder);
    }

    /// <summary>Flushes the entries of a folder. No effect on Windows, which writes them through.</summary>
    /// <exception cref="IOException">The folder can't be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, OperatingSystem.IsLinux() ? ReadOnlyCloseOnExec : 0);
        if (handle.IsInvalid || Sync(handle) != 0)
            throw new IOException($"the folder {folder} can't be flushed to disk (error {Marshal.GetLastPInvokeError()})");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(SafeFileHandle handle);
}
