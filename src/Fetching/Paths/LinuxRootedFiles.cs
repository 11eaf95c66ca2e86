using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>
/// Checks the same file that is then read, even if links change in between: the path is first opened as a location (O_PATH, which accesses
/// neither devices nor FIFOs), the real path and type of that handle are checked, and the handle for reading is opened from it.
/// </summary>
/// <param name="roots">Normalized absolute folders.</param>
[SupportedOSPlatform("linux")]
internal sealed class LinuxRootedFiles(IReadOnlyList<string> roots) : IRootedFiles
{
    private const int LocationOnly = 0x200000; // O_PATH
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int OfHandleItself = 0x1000; // AT_EMPTY_PATH
    private const uint TypeField = 1; // STATX_TYPE
    private const int StatxBytes = 256;
    private const int ModeOffset = 28; // stx_mode, the same on every architecture
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <inheritdoc/>
    public SafeFileHandle? Open(string path)
    {
        using var location = OpenNative(path, LocationOnly | CloseOnExec);
        if (location.IsInvalid || !IsOfType(location, RegularFile) || RealPath(location) is not { } real || !roots.Any(root => IsReallyBelow(root, real)))
            return null;

        try
        {
            return File.OpenHandle(Link(location), share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public RootedFolder? OpenFolder(string path)
    {
        var location = OpenNative(path, LocationOnly | CloseOnExec);
        if (!location.IsInvalid && IsOfType(location, Folder) && RealPath(location) is { } real && roots.Any(root => IsReallyWithin(root, real)))
            return new RootedFolder(Link(location) + Path.DirectorySeparatorChar, location);
        location.Dispose();
        return null;
    }

    private static bool IsReallyWithin(string root, string real)
    {
        using var location = OpenNative(root, LocationOnly | CloseOnExec);
        return !location.IsInvalid && RealPath(location) is { } realRoot && (real == realRoot || RootedPath.IsBelow(realRoot, real));
    }

    // The root is resolved at each call: it can be a link that points to a new folder since the start.
    private static bool IsReallyBelow(string root, string real)
    {
        using var location = OpenNative(root, LocationOnly | CloseOnExec);
        return !location.IsInvalid && RealPath(location) is { } realRoot && RootedPath.IsBelow(realRoot, real);
    }

    // The kernel's name of the open file, without links and dots. Without /proc every file is denied.
    private static string? RealPath(SafeFileHandle location)
    {
        try
        {
            return File.ResolveLinkTarget(Link(location), returnFinalTarget: false)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsOfType(SafeFileHandle location, int type)
    {
        var status = new byte[StatxBytes];
        return StatNative(location, string.Empty, OfHandleItself, TypeField, status) == 0
            && (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) == type;
    }

    private static string Link(SafeFileHandle handle) => $"/proc/self/fd/{handle.DangerousGetHandle()}";

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle OpenNative([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatNative(
        SafeFileHandle handle, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
