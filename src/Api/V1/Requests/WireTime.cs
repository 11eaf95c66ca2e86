namespace ImageSearch.Api.V1.Requests;

/// <summary>Dates of the catalog, <c>yyyy-MM-dd HH:mm:ss.fff</c> in UTC, as RFC 3339 writes them.</summary>
internal static class WireTime
{
    public static string? Of(string? stored) => stored is null ? null : $"{stored.Replace(' ', 'T')}Z";
}
