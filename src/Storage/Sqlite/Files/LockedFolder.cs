using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// A lock on a folder itself, by <c>flock()</c>; Linux only. Unlike a lock file, it can't be removed while the folder's files remain.
/// </summary>
internal sealed class LockedFolder : IDisposable
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int ExclusiveAtOnce = 6;
    private const int WouldBlock = 11;

    private readonly SafeFileHandle _handle;

    private LockedFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>
    /// Locks a folder; null if another process holds the lock. On a file system that can't lock folders, only the lock file protects.
    /// </summary>
    public static LockedFolder? Take(string path)
    {
        var handle = OpenNative(path, ReadOnlyCloseOnExec);
        if (handle.IsInvalid || LockNative(handle, ExclusiveAtOnce) == 0 || Marshal.GetLastPInvokeError() != WouldBlock)
            return new LockedFolder(handle);
        handle.Dispose();
        return null;
    }

    public void Dispose() => _handle.Dispose();

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LockNative(SafeFileHandle handle, int operation);
}
