using ImageSearch.Filtering;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>Orders, and the values by which rows of <see cref="ItemModel"/> are in them.</summary>
internal static class ItemModelOrders
{
    public static IReadOnlyList<(FilterField Order, Func<long, ItemModelRow, object?> ValueOf)> All { get; } =
    [
        (Fields.Id, (_, _) => 0.0),
        (Fields.Key, (_, row) => row.Key),
        (Fields.ProductId, (_, row) => row.Product),
        (Fields.Of(Fields.Brand), (_, row) => row.Brand),
        (Fields.Of(Fields.Price), (_, row) => row.Price),
        (Fields.Of(Fields.Stocked), (_, row) => row.Stocked is { } stocked ? stocked ? 1.0 : 0.0 : null),
        (Fields.Of(Fields.Seen), (_, row) => row.Seen is { } seen ? (double)seen.ToUnixTimeMilliseconds() : null),
    ];

    /// <summary>The ids in an order.</summary>
    public static IEnumerable<long> Sort(IReadOnlyDictionary<long, ItemModelRow> rows, Func<long, ItemModelRow, object?> valueOf, bool descending)
    {
        var keyed = rows.Select(row => (Id: row.Key, Value: valueOf(row.Key, row.Value))).ToList();
        keyed.Sort((one, other) =>
        {
            if (one.Value is null != other.Value is null) return one.Value is null ? 1 : -1;
            var order = one.Value switch
            {
                string text => ItemModelFilters.Compare(text, (string)other.Value!),
                double number => number.CompareTo((double)other.Value!),
                _ => 0,
            };
            if (order == 0) order = one.Id.CompareTo(other.Id);
            return descending ? -order : order;
        });
        return keyed.Select(row => row.Id);
    }
}
