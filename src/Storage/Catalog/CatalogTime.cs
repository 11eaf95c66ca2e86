using System.Globalization;

namespace ImageSearch.Storage.Catalog;

/// <summary>How dates stand in text columns: UTC to the millisecond, in a form that SQL's date functions read and that sorts as text.</summary>
internal static class CatalogTime
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff";

    public static string Text(TimeProvider time) => Text(time.GetUtcNow());

    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
