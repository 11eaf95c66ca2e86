using System.Globalization;
using System.Numerics.Tensors;

namespace ImageSearch.FilterBench;

/// <summary>
/// Items with eight indexed attributes. Four pictures show one product, so their vectors are alike; products are alike within a category. The
/// price is uniform: a bound selects an exact share of the rows, independent of the picture.
/// </summary>
internal sealed class BenchRows
{
    public const int Dimension = 512;

    private const int PicturesPerProduct = 4;
    private const int Categories = 200;
    private const int Brands = 1_000;

    private readonly float[][] _vectors;
    private readonly double[] _prices;
    private readonly int[] _brands;

    private BenchRows(float[][] vectors, double[] prices, int[] brands) => (_vectors, _prices, _brands) = (vectors, prices, brands);

    public static ModelIdentity Model { get; } = new("bench", "1", Dimension);

    public static TableSettings Settings { get; } = TableSettings.Default with
    {
        Attributes =
        [
            new("price", AttributeType.Number, true), new("brand", AttributeType.String, true), new("category", AttributeType.String, true),
            new("colour", AttributeType.String, true), new("stock", AttributeType.Number, true), new("sale", AttributeType.Boolean, true),
            new("launched", AttributeType.Date, true), new("sizes", AttributeType.StringList, true),
        ],
    };

    public int Count => _vectors.Length;

    public static BenchRows Make(int count, int seed)
    {
        var random = new Random(seed);
        var categories = Enumerable.Range(0, Categories).Select(_ => Near(random, null, 0)).ToArray();
        var vectors = new float[count][];
        var brands = new int[count];
        var product = categories[0];
        for (var i = 0; i < count; i++)
        {
            if (i % PicturesPerProduct == 0) product = Near(random, categories[random.Next(Categories)], 0.8f);
            vectors[i] = Near(random, product, 0.4f);
            brands[i] = i % PicturesPerProduct == 0 ? random.Next(Brands) : brands[i - 1];
        }

        var prices = Enumerable.Range(0, count).Select(rank => (double)rank / count).ToArray();
        random.Shuffle(prices);
        return new BenchRows(vectors, prices, brands);
    }

    /// <summary>Pictures that look like some of the rows.</summary>
    public IReadOnlyList<BenchQuery> Queries(int count, int seed)
    {
        var random = new Random(seed + 1);
        return [.. Enumerable.Range(0, count).Select(_ => Ordered(Near(random, _vectors[random.Next(Count)], 0.4f)))];
    }

    public ItemPut Put(int row) => new(
        new PictureVectors(Model, _vectors[row]),
        new PictureTexts(Key: Text($"k{row}")) { ProductId = Product(row), Attributes = Attributes(row) },
        KeyRule.Replace);

    public bool Matches(int row, double? share) => share is not { } bound || _prices[row] < bound;

    /// <summary>The value of a group field; null for no group.</summary>
    public string? Group(int row, string? field) => field switch { null => null, "brand" => Text($"b{_brands[row]}"), _ => Product(row) };

    private BenchQuery Ordered(float[] query)
    {
        var distances = new float[Count];
        Parallel.For(0, Count, row => distances[row] = TensorPrimitives.Distance(query, _vectors[row]));
        var order = Enumerable.Range(0, Count).ToArray();
        Array.Sort(distances, order);
        return new BenchQuery(query, order);
    }

    private static string Product(int row) => Text($"p{row / PicturesPerProduct}");

    private string Attributes(int row) => Text(
        $$"""{"price":{{_prices[row]}},"brand":"b{{_brands[row]}}","category":"c{{row % 97}}","colour":"{{"red green blue black white"
            .Split(' ')[row % 5]}}","stock":{{row % 300}},"sale":{{(row % 3 == 0 ? "true" : "false")}},"launched":"2026-{{1 + (row % 12):00}}-01T00:00:00.000Z","sizes":["s{{row % 7}}","s{{7 + (row % 5)}}"]}""");

    // A vector at the given distance before both are made unit length.
    private static float[] Near(Random random, float[]? centre, float noise)
    {
        var vector = new float[Dimension];
        for (var i = 0; i < vector.Length; i++) vector[i] = (random.NextSingle() + random.NextSingle() + random.NextSingle()) - 1.5f;
        var scale = centre is null ? 1f : noise / TensorPrimitives.Norm(vector);
        TensorPrimitives.Multiply(vector, scale, vector);
        if (centre is not null) TensorPrimitives.Add(vector, centre, vector);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A picture to search by.</summary>
/// <param name="Vector">Its vector.</param>
/// <param name="Order">All rows, nearest first.</param>
internal sealed record BenchQuery(float[] Vector, int[] Order);
