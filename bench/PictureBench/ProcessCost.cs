using System.Diagnostics;
using System.Globalization;

namespace ImageSearch.PictureBench;

/// <summary>What this process has used, as Linux counts it.</summary>
internal static class ProcessCost
{
    internal static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;

    internal static double Megabytes => Read("VmRSS:");

    internal static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Resets the peak.</summary>
    internal static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Read(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) / 1024.0;
    }
}
