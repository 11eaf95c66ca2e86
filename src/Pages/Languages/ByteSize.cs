using System.Globalization;

namespace ImageSearch.Pages.Languages;

/// <summary>Sizes as people read them.</summary>
internal static class ByteSize
{
    private const double Step = 1024;

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>A number of bytes in the unit that fits; empty for none.</summary>
    public static string Of(long? bytes)
    {
        if (bytes is not { } count) return "";
        var size = (double)count;
        var unit = 0;
        for (; size >= Step && unit < Units.Length - 1; unit++) size /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || size >= 100 ? Math.Round(size) : Math.Round(size, 1))} {Units[unit]}");
    }

    /// <summary>Bytes in MB.</summary>
    public static double Megabytes(long bytes) => bytes / (Step * Step);

    /// <summary>Bytes in GB.</summary>
    public static double Gigabytes(long bytes) => bytes / (Step * Step * Step);
}
