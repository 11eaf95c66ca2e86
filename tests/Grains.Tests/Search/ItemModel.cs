using ImageSearch.Grains.Search;

namespace ImageSearch.Grains.Tests.Search;

/// <summary>Random items and queries, and the hits that brute force finds.</summary>
internal static class ItemModel
{
    private static readonly (string Text, Func<StoredItem, bool> Matches)[] Filters =
    [
        ("""brand = "a" """, item => item.Brand == "a"),
        ("""brand != "a" """, item => item.Brand != "a"),
        ("""brand IN ("a", "b")""", item => item.Brand is "a" or "b"),
        ("price >= 50", item => item.Price >= 50),
        ("price < 10 OR price > 90", item => item.Price is < 10 or > 90),
        ("""colour = "red" """, item => item.Colour == "red"),
        ("""NOT colour = "red" AND price <= 60""", item => item.Colour != "red" && item.Price <= 60),
        ("""colour = "blue" OR brand = "c" """, item => item.Colour == "blue" || item.Brand == "c"),
        ("price EXISTS", item => item.Price is not null),
        ("""product_id = "p1" AND brand = "b" """, item => item.ProductId == "p1" && item.Brand == "b"),
        ("""brand = "nobody" """, item => item.Brand == "nobody"),
        ("price > 1000", item => item.Price > 1000),
    ];

    private static readonly (string Name, Func<StoredItem, object?> Value)[] Groups =
    [
        ("product_id", item => item.ProductId), ("brand", item => item.Brand), ("price", item => item.Price), ("colour", item => item.Colour),
    ];

    // Angles of a grid: many items are at the same distance.
    public static PictureVectors AnyPicture(Random random) =>
        ItemTable.Picture(AnyAngle(random), random.Next(3) == 0 ? AnyAngle(random) : null);

    public static StoredItem AnyItem(Random random) => new(
        AnyPicture(random), Any(random, "p1", "p2", "p3", "p4"), Any(random, "a", "b", "c"), random.Next(4) == 0 ? null : random.Next(100),
        Any(random, "red", "blue"));

    /// <summary>Thresholds at which every method is used.</summary>
    public static SearchLimits AnyLimits(Random random) => new()
    {
        SmallSet = random.Next(1, 40),
        WalkRows = random.Next(1, 60),
        LargeSet = random.Next(1, 200),
        ListedValues = random.Next(1, 8),
    };

    public static (ItemQuery Query, Expectation Expected) AnyQuery(Random random, IReadOnlyDictionary<long, StoredItem> items)
    {
        var picture = AnyPicture(random);
        var query = new ItemQuery([new QueryExample(picture, null)], random.Next(1, 12));
        Func<StoredItem, bool> matches = _ => true;
        if (random.Next(3) > 0)
        {
            var filter = Filters[random.Next(Filters.Length)];
            (query, matches) = (query with { Filter = filter.Text }, filter.Matches);
        }

        Func<StoredItem, object?>? group = null;
        if (random.Next(2) == 0)
        {
            var (name, value) = Groups[random.Next(Groups.Length)];
            (query, group) = (query with { GroupBy = name }, value);
        }

        if (random.Next(3) == 0) query = query with { MinScore = random.NextSingle() };
        return (query, new Expectation(items, picture, matches, group, query.MinScore));
    }

    private static double AnyAngle(Random random) => 7 * random.Next(50);

    private static string? Any(Random random, params string[] values) => random.Next(5) == 0 ? null : values[random.Next(values.Length)];
}

/// <summary>The hits of a query by brute force.</summary>
internal sealed class Expectation(
    IReadOnlyDictionary<long, StoredItem> items, PictureVectors picture, Func<StoredItem, bool> matches, Func<StoredItem, object?>? group, float? minScore)
{
    /// <summary>All hits at present, in order.</summary>
    public List<(long Id, float Distance)> Hits()
    {
        var hits = items.Where(item => matches(item.Value))
            .Select(item => (Id: item.Key, Distance: LaggingStore.SquaredDistance(picture, item.Value.Vectors)))
            .Where(hit => minScore is null || 1f - (hit.Distance / 4f) >= minScore)
            .OrderBy(hit => hit.Distance).ThenBy(hit => hit.Id);
        return group is null
            ? [.. hits]
            : [.. hits.Where(hit => group(items[hit.Id]) is not null).DistinctBy(hit => group(items[hit.Id]))];
    }
}
