using System.Text;
using ImageSearch.Filtering;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Filters, and what they mean for rows of <see cref="ItemModel"/>.</summary>
internal static class ItemModelFilters
{
    private static readonly Filter Brand = Fields.Is(Fields.Brand, "acme");
    private static readonly Filter Cheap = Fields.Compare(Fields.Price, Relation.LessOrEqual, 0);
    private static readonly Filter Priced = Fields.Compare(Fields.Price, Relation.Greater, -1);
    private static readonly Filter Note = Fields.Is(Fields.Note, "x");

    public static IReadOnlyList<(Filter Filter, Func<long, ItemModelRow, bool> Matches)> All { get; } =
    [
        (Brand, (_, row) => row.Brand == "acme"),
        (Fields.Not(Brand), (_, row) => row.Brand != "acme"),
        (new StartsWith(Fields.Of(Fields.Brand), "acme"), (_, row) => row.Brand?.StartsWith("acme", StringComparison.Ordinal) == true),
        (new Comparison(Fields.Of(Fields.Brand), Relation.Greater, FilterValue.Of("ｚ")), (_, row) => row.Brand is { } brand && Compare(brand, "ｚ") > 0),
        (new OneOf(Fields.Of(Fields.Brand), [FilterValue.Of("Acme"), FilterValue.Of("😀")]), (_, row) => row.Brand is "Acme" or "😀"),
        (Cheap, (_, row) => row.Price <= 0),
        (Fields.All(Cheap, Priced), (_, row) => row.Price is <= 0 and > -1),
        (Fields.All(Cheap, Brand, Note), (_, row) => row.Price <= 0 && row.Brand == "acme" && row.Note == "x"),
        (Fields.Any(Cheap, Brand), (_, row) => row.Price <= 0 || row.Brand == "acme"),
        (Fields.Any(Cheap, Note), (_, row) => row.Price <= 0 || row.Note == "x"),
        (Fields.Is(Fields.Of(Fields.Stocked), FilterValue.Of(true)), (_, row) => row.Stocked == true),
        (new Comparison(Fields.Of(Fields.Seen), Relation.GreaterOrEqual, FilterValue.Of(DateTimeOffset.UnixEpoch)), (_, row) => row.Seen >= DateTimeOffset.UnixEpoch),
        (Fields.Has("l1"), (_, row) => row.Labels.Contains("l1")),
        (Fields.All(Fields.Has("l1"), Fields.Has("l2")), (_, row) => row.Labels.Contains("l1") && row.Labels.Contains("l2")),
        (Fields.Not(new Exists(Fields.Of(Fields.Labels))), (_, row) => row.Labels.Length == 0),
        (new Exists(Fields.Of(Fields.Price)), (_, row) => row.Price is not null),
        (Fields.Is(Fields.ProductId, FilterValue.Of("p1")), (_, row) => row.Product == "p1"),
        (new Comparison(Fields.Key, Relation.Less, FilterValue.Of("4")), (_, row) => row.Key is { } key && Compare(key, "4") < 0),
        (Fields.All(new OneOf(Fields.Id, [FilterValue.Of(1), FilterValue.Of(3), FilterValue.Of(4)]), Fields.Not(Note)), (id, row) => id is 1 or 3 or 4 && row.Note is null),
    ];

    /// <summary>Compares texts by code points.</summary>
    public static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
}
