using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.Sqlite.Attributes;

/// <summary>The SQL of lookups: ids of one generation, of which each is read from an index alone.</summary>
internal static class IndexSql
{
    public const string ValueEquals = $"{Values} AND value = $from LIMIT $limit";

    public const string KeyEquals = $"{Keys} AND item_key = $from LIMIT $limit";

    private const string Values = "SELECT id FROM imagesearch_attributes WHERE generation = $generation AND attribute = $attribute";

    private const string Keys = "SELECT id FROM imagesearch_rows INDEXED BY imagesearch_rows_item_key WHERE generation = $generation";

    /// <summary>The rows in a range; of a list, the same row may be there several times.</summary>
    public static string Range(RangeLookup range)
    {
        var (select, value) = range.Index == FilterLookups.Key ? ($"{Keys} AND item_key IS NOT NULL", "item_key") : (Values, "value");
        var from = range.From is { } lower ? $" AND {value} {(lower.Inclusive ? ">=" : ">")} $from" : "";
        var to = range.To is { } upper ? $" AND {value} {(upper.Inclusive ? "<=" : "<")} $to" : "";
        return $"{select}{from}{to} LIMIT $limit";
    }
}
