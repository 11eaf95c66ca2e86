using System.Globalization;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>An item of <see cref="ItemModel"/> with typed values. The version and the dates are not modelled.</summary>
internal sealed record ItemModelRow(string? Key)
{
    private static readonly string[] Brands = ["acme", "Acme", "acme2", "ｚ", "😀"];
    private static readonly DateTimeOffset First = new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    public string? Product { get; init; }

    public string? Brand { get; init; }

    public double? Price { get; init; }

    public bool? Stocked { get; init; }

    public DateTimeOffset? Seen { get; init; }

    public string[] Labels { get; init; } = [];

    public string? Note { get; init; }

    public PictureTexts Texts => new(Key: Key)
    {
        ProductId = Product,
        Attributes = Fields.Attributes(Brand, Price, Stocked, Seen, Labels, Note),
    };

    /// <summary>A row whose fields depend on the bits of a number; about half of them have no value.</summary>
    public static ItemModelRow Of(string? key, int value) => new(key)
    {
        Product = value % 2 == 0 ? null : $"p{value % 6}",
        Brand = value % 3 == 0 ? null : Brands[value % Brands.Length],
        Price = value % 4 == 0 ? null : ((value % 7) - 3) * 0.5,
        Stocked = value % 5 < 2 ? null : value % 5 == 2,
        Seen = value % 3 == 1 ? null : First.AddMilliseconds(value % 4),
        Labels = [.. Enumerable.Range(0, value % 3).Select(i => $"l{(value + i) % 4}")],
        Note = value % 2 == 0 ? "x" : null,
    };

    public ItemPut ToPut(KeyRule rule) => Fields.Put() with { Texts = Texts, OnExistingKey = rule };

    /// <summary>Sets the product, and the price and brand; a value that this row does not have is removed.</summary>
    public FieldChanges ToChanges() => new()
    {
        Set = ["product_id"],
        Values = new PictureTexts { ProductId = Product },
        Attributes = $$"""{"brand":{{(Brand is null ? "null" : $"\"{Brand}\"")}},"price":{{Price?.ToString("R", CultureInfo.InvariantCulture) ?? "null"}}}""",
    };

    /// <summary>This row after the changes of another.</summary>
    public ItemModelRow Patched(ItemModelRow row) => this with { Product = row.Product, Brand = row.Brand, Price = row.Price };
}
