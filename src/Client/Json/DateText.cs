using System.Globalization;

namespace ImageSearch.Client.Json;

/// <summary>Dates as the service writes them: RFC 3339 in UTC with milliseconds.</summary>
internal static class DateText
{
    public static string? Of(DateTimeOffset? date) => date?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
