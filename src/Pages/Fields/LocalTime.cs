using System.Globalization;

namespace ImageSearch.Pages.Fields;

/// <summary>Dates as fields of a browser have them: in its time zone, without an offset.</summary>
internal static class LocalTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>A date as the text of a field.</summary>
    public static string ToText(DateTimeOffset date, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(date, zone).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The date of a field; null if its text is none.</summary>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var local)) return null;
        var date = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        // The first and last days of the calendar have no moment in every zone.
        return date.Year is > 1 and < 9999 ? new DateTimeOffset(date, zone.GetUtcOffset(date)) : null;
    }
}
