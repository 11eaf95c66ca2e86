using System.Globalization;

namespace ImageSearch.IndexBench;

/// <summary>Resident memory of this process as reported by the Linux kernel; null on other systems.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";
    private const string ResetPeakCommand = "5";

    /// <summary>
    /// Bytes of anonymous memory (RssAnon), after a garbage collection.
    /// </summary>
    public static long? AnonymousBytes()
    {
        // Garbage of the benchmark must not count as memory of the index.
#pragma warning disable RS0030
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
#pragma warning restore RS0030
        return Read("RssAnon:");
    }

    /// <summary>The maximum resident memory since <see cref="ResetPeak"/>, including pages of mapped files.</summary>
    public static long? PeakBytes() => Read("VmHWM:");

    public static void ResetPeak()
    {
        try
        {
            if (File.Exists(Status))
                File.WriteAllText("/proc/self/clear_refs", ResetPeakCommand);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not permitted in some sandboxes; the peak is then that of the whole run.
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
