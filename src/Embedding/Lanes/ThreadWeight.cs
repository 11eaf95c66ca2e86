using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Lanes;

/// <summary>Lets the calling thread stand back behind others; .NET's own thread priorities have no effect on Linux.</summary>
internal static partial class ThreadWeight
{
    // Linux' scheduler gives it a tenth of an ordinary thread's time where both want all of it. Measured beside 8 clients with the dearest
    // pictures, ordinary calls get 50 % of what they get alone at 5.
    private const int Nice = 10;
    private const int OfThread = 0; // PRIO_PROCESS, which is a thread's where the id is one's

    /// <summary>Without effect on other systems than Linux.</summary>
    internal static void StandBack()
    {
        if (OperatingSystem.IsLinux()) _ = SetPriority(OfThread, 0, Nice);
    }

    // 0 is the calling thread.
    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int value);
}
