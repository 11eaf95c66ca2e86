using System.Runtime.InteropServices;

namespace ImageSearch.Storage.Sqlite.Files;

/// <summary>Which file a path leads to: another one of the same name has another number. Systems other than Linux tell only whether there is one.</summary>
internal readonly record struct FileIdentity(ulong Device, ulong Number)
{
    // struct statx is the same on every architecture.
    private const int StatxBytes = 256;
    private const int NumberOffset = 32;
    private const int DeviceOffset = 136;
    private const uint NumberField = 0x100;
    private const int CurrentFolder = -100;

    /// <summary>Null where there is no such file.</summary>
    public static FileIdentity? Of(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                var status = new byte[StatxBytes];
                if (StatNative(CurrentFolder, path, 0, NumberField, status) == 0)
                    return new FileIdentity(BitConverter.ToUInt64(status, DeviceOffset), BitConverter.ToUInt64(status, NumberOffset));
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
    private static extern int StatNative(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
