using System.Globalization;

namespace ImageSearch.Api.V1.Requests;

/// <summary>Dates of the catalog, in UTC, as RFC 3339 writes them.</summary>
internal static class WireTime
{
    /// <summary>The format of stored dates.</summary>
    public const string StoredFormat = "yyyy-MM-dd HH:mm:ss.fff";

    /// <summary>The first year that every catalog stores.</summary>
    public const int MinYear = 1000;

    /// <summary>What a date must be.</summary>
    public const string Bound = "a date as 2026-11-27T09:30:00.000Z, in the years 1000 to 9999";

    public static string? Of(string? stored) => stored is null ? null : $"{stored.Replace(' ', 'T')}Z";

    /// <summary>A date as the catalog stores it.</summary>
    public static string ToStored(DateTimeOffset date) => date.UtcDateTime.ToString(StoredFormat, CultureInfo.InvariantCulture);
}
