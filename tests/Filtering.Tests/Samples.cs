namespace ImageSearch.Filtering.Tests;

/// <summary>A table's schema with an attribute of each type, and its fields.</summary>
internal static class Samples
{
    public static IReadOnlyList<AttributeDefinition> Schema { get; } =
    [
        new("brand", AttributeType.String, Indexed: true),
        new("price", AttributeType.Number, Indexed: true),
        new("in_stock", AttributeType.Boolean, Indexed: true),
        new("released", AttributeType.Date, Indexed: true),
        new("colors", AttributeType.StringList, Indexed: true),
    ];

    public static IReadOnlyList<FilterField> Fields { get; } =
    [
        .. new[] { "id", "key", "product_id", "tags", "brief", "path", "created", "modified" }
            .Concat(Schema.Select(attribute => attribute.Name)).Select(Field),
    ];

    public static FilterField Field(string name) => FilterFields.Parse(name, Schema).TryGet(out var field, out var failure)
        ? field
        : throw new ArgumentException(failure.Message, nameof(name));

    public static Filter Parse(string text) => FilterParser.Parse(text, Schema).TryGet(out var filter, out var failure)
        ? filter
        : throw new ArgumentException(failure.Message, nameof(text));

    public static string ErrorOf(string text)
    {
        var failure = FilterParser.Parse(text, Schema).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.FilterInvalid);
        return failure.Message;
    }

    public static Item ItemWith(string? attributes = null, string? tags = null, string? key = null) =>
        new(1, 1, new PictureTexts(tags, Key: key) { Attributes = attributes }, "2026-11-01 10:00:00.000", "2026-11-02 10:00:00.500");
}
