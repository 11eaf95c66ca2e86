using System.Globalization;

namespace ImageSearch.Pages.Figures;

/// <summary>Numbers with as many digits as people need.</summary>
internal static class Amount
{
    private const double Kilo = 1000;

    /// <summary>A number with three digits or more.</summary>
    public static string Of(double value) => value.ToString(Math.Abs(value) switch { 0 => "0", < 10 => "0.##", < 100 => "0.#", _ => "N0" }, CultureInfo.InvariantCulture);

    /// <summary>Bytes in MB or GB.</summary>
    public static string OfBytes(long bytes) => bytes < 10 * Kilo * Kilo * Kilo ? $"{Of(Megabytes(bytes))} MB" : $"{Of(Gigabytes(bytes))} GB";

    /// <summary>Bytes in MB.</summary>
    public static double Megabytes(long bytes) => bytes / (Kilo * Kilo);

    /// <summary>Bytes in GB.</summary>
    public static double Gigabytes(long bytes) => bytes / (Kilo * Kilo * Kilo);
}
