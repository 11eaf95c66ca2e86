using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Lowers the priority of the calling thread. .NET's thread priorities have no effect on Linux.</summary>
internal static partial class ThreadNiceness
{
    // At 10 the Linux scheduler gives the thread a tenth of the time of a normal thread when both are busy. Measured: at 5, beside 8
    // clients with the costliest pictures, normal calls get 50 % of the throughput that they get alone.
    private const int Nice = 10;
    private const int OfThread = 0; // PRIO_PROCESS, which means one thread on Linux

    /// <summary>Has no effect on systems other than Linux.</summary>
    internal static void LowerPriority()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(OfThread, 0, Nice);
    }

    // who = 0 is the calling thread.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int value);
}
