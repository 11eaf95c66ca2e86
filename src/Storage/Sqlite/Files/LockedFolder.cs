using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>A folder that is locked itself, by <c>flock()</c>; Linux only. It can't be removed without what is in it.</summary>
internal sealed class LockedFolder : IDisposable
{
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int ExclusiveAtOnce = 6;
    private const int WouldBlock = 11;

    private readonly SafeFileHandle _handle;

    private LockedFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>Null where another process holds it. A file system that can't lock folders leaves it to the lock file.</summary>
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
