namespace ImageSearch.Api.Tests.Model;

/// <summary>A filter as text, and what it means.</summary>
internal sealed record ModelFilter(string Text, Func<ModelItem, bool> Matches)
{
    private static readonly string[] Comparers = ["=", "!=", "<", "<=", ">", ">="];

    /// <summary>A random filter with at most three levels.</summary>
    public static ModelFilter Random(Random random, int depth = 0)
    {
        var kind = random.Next(depth < 2 ? 10 : 7);
        if (kind < 7) return Leaf(random, kind);
        var left = Random(random, depth + 1);
        if (kind == 7) return new ModelFilter($"NOT ({left.Text})", item => !left.Matches(item));
        var right = Random(random, depth + 1);
        return kind == 8
            ? new ModelFilter($"({left.Text}) AND ({right.Text})", item => left.Matches(item) && right.Matches(item))
            : new ModelFilter($"({left.Text}) or ({right.Text})", item => left.Matches(item) || right.Matches(item));
    }

    private static ModelFilter Leaf(Random random, int kind)
    {
        switch (kind)
        {
            case 0:
                var (comparer, price) = (Comparers[random.Next(Comparers.Length)], random.Next(0, 20));
                return new ModelFilter(
                    $"price {comparer} {price}",
                    item => comparer == "!=" ? item.Price != price : item.Price is { } value && Compare(value.CompareTo(price), comparer));
            case 1:
                var brand = RandomOperations.Brands[random.Next(RandomOperations.Brands.Length)];
                var quoted = brand.Replace("\"", "\\\"", StringComparison.Ordinal);
                return new ModelFilter($"brand IN (\"{quoted}\", \"nobody\")", item => item.Brand == brand);
            case 2:
                var color = RandomOperations.Colors[random.Next(RandomOperations.Colors.Length)];
                return new ModelFilter($"colors HAS \"{color}\"", item => item.Colors?.Contains(color) ?? false);
            case 3:
                var isInStock = random.Next(2) == 0;
                return new ModelFilter($"in_stock = {(isInStock ? "true" : "false")}", item => item.InStock == isInStock);
            case 4:
                var product = $"p{random.Next(8)}";
                return new ModelFilter($"product_id = '{product}'", item => item.ProductId == product);
            case 5:
                var tag = RandomOperations.TagWords[random.Next(RandomOperations.TagWords.Length)];
                return new ModelFilter($"tags HAS \"{tag}\"", item => item.Tags?.Split(' ').Contains(tag) ?? false);
            default:
                var prefix = $"k{random.Next(1, 5)}";
                return new ModelFilter($"key STARTS WITH \"{prefix}\"", item => item.Key.StartsWith(prefix, StringComparison.Ordinal));
        }
    }

    private static bool Compare(int order, string comparer) => comparer switch
    {
        "=" => order == 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
