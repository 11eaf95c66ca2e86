using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Lanes;

/// <summary>CPU time of the calling thread. Wall clock time would count the work of other threads and virtual machines.</summary>
internal static partial class ThreadClock
{
    // CLOCK_THREAD_CPUTIME_ID of time.h.
    private const int ThisThread = 3;

    /// <summary>The time since an arbitrary start; wall clock time on systems other than Linux.</summary>
    internal static TimeSpan Now =>
        OperatingSystem.IsLinux() && Read(ThisThread, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : Stopwatch.GetElapsedTime(0);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        internal nint Seconds;
        internal nint Nanoseconds;
    }
}
