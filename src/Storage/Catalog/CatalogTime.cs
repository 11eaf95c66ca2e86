using System.Globalization;

namespace ImageSearch.Storage.Catalog;

/// <summary>The text form of dates: UTC with milliseconds, readable by SQL's date functions and sortable as text.</summary>
internal static class CatalogTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff";

    public static string Text(TimeProvider time) => Text(time.GetUtcNow());

    public static DateTime Parse(string text) =>
        DateTime.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
