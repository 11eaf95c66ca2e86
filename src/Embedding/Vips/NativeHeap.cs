using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Vips;

/// <summary>
/// Makes glibc return large blocks to the system. By default it raises the threshold for this with every large block that is freed, and
/// keeps smaller blocks. Measured after decoding 15 pictures of 16 to 50 megapixels twice: the process keeps 162 MB instead of 354 MB, with
/// a peak of 460 MB instead of 640 MB.
/// </summary>
internal static partial class NativeHeap
{
    // M_MMAP_THRESHOLD of malloc.h and its initial value. Setting it makes it fixed.
    private const int MapThreshold = -3;
    private const int InitialBytes = 128 * 1024;

    internal static void FixMapThreshold()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetOption(MapThreshold, InitialBytes);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc: no such option.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
