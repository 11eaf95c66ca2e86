using System.Globalization;

namespace ImageSearch.Pages.Searching;

/// <summary>What the address of the page has of a search, so that a link leads to it. Pictures and negative examples are not in it.</summary>
internal static class SearchAddress
{
    /// <summary>The table.</summary>
    public const string Table = "table";

    /// <summary>The id of the item that is searched by.</summary>
    public const string Item = "item";

    /// <summary>The filter.</summary>
    public const string Filter = "filter";

    /// <summary>Hits of a page.</summary>
    public const string Limit = "k";

    /// <summary>The parameters of a search.</summary>
    public static IReadOnlyDictionary<string, object?> Of(string? table, SearchSubject subject, SearchOptions options) =>
        new Dictionary<string, object?>
        {
            [Table] = table,
            [Item] = subject.Item?.Id,
            [Filter] = options.Filter,
            [Limit] = options.Limit == SearchOptions.DefaultLimit ? null : options.Limit,
        };

    /// <summary>The id of an item in an address, which anyone may have written.</summary>
    public static long? ItemOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    /// <summary>The filter of an address; null for none.</summary>
    public static string? FilterOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The hits of a page in an address.</summary>
    public static int LimitOf(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        ? Math.Clamp(limit, 1, SearchOptions.MaxLimit)
        : SearchOptions.DefaultLimit;
}
