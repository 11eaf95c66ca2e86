using System.Globalization;

namespace ImageSearch.IndexBench;

/// <summary>Resident memory of this process as the Linux kernel counts it; elsewhere it is not measured.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string ResetPeak = "5";

    /// <summary>
    /// Bytes that are no file's: what was allocated and written to. What the bench itself left behind is collected first.
    /// </summary>
    public static long? AnonymousBytes()
    {
        // Garbage of the bench would count as the index's memory.
#pragma warning disable RS0030
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#pragma warning restore RS0030
        return Read("RssAnon:");
    }

    /// <summary>The most that was ever resident since <see cref="StartPeak"/>, pages of mapped files included.</summary>
    public static long? PeakBytes() => Read("VmHWM:");

    public static void StartPeak()
    {
        try
        {
            if (File.Exists(Status))
                File.WriteAllText("/proc/self/clear_refs", ResetPeak);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox may forbid it; the peak is then that of the whole run.
        }
    }

    private static long? Read(string field)
    {
        if (!File.Exists(Status))
            return null;
        string? line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null
            ? null
            : 1_024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
