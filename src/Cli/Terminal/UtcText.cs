using System.Globalization;

namespace ImageSearch.Cli.Terminal;

/// <summary>Dates as the program prints them: in UTC, to the second.</summary>
internal static class UtcText
{
    /// <summary>A date; null for none.</summary>
    public static string? Of(DateTimeOffset? date) => date?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
