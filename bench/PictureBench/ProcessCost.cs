using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.PictureBench;

/// <summary>CPU time and memory of this process on Linux.</summary>
internal static class ProcessCost
{
    internal static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;

    internal static double Megabytes => Read("VmRSS:");

    internal static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Resets <see cref="PeakMegabytes"/>.</summary>
    internal static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0;
    }
}
