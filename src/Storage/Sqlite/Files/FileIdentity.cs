using System.Runtime.InteropServices;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>
/// The identity of a file on disk, which distinguishes it from a later file at the same path. Outside Linux it tells only whether a file
/// exists.
/// </summary>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    // struct statx has the same layout on every architecture.
    private const int StatxBytes = 256;
    private const int NumberOffset = 32;
    private const int DeviceOffset = 136;
    private const uint NumberField = 0x100;
    private const int CurrentFolder = -100;

    /// <summary>Null if there is no such file.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                Span<byte> status = stackalloc byte[StatxBytes];
                if (StatNative(CurrentFolder, path, 0, NumberField, ref MemoryMarshal.GetReference(status)) == 0)
                    return new FileIdentity(BitConverter.ToUInt64(status[DeviceOffset..]), BitConverter.ToUInt64(status[NumberOffset..]));
            }
            catch (EntryPointNotFoundException)
            {
                // An older C library.
            }
        }

        return File.Exists(path) ? default(FileIdentity) : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatNative(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, ref byte status);
}
