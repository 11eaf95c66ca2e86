using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Searching.Filters;

/// <summary>A field that a condition is about.</summary>
/// <param name="Name">Its name in filters.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="IsAttribute">Whether the table's schema has it.</param>
public sealed record ConditionField(string Name, AttributeType Type, bool IsAttribute = false)
{
    /// <summary>The field whose text consists of parts.</summary>
    public const string Tags = "tags";

    private static readonly ConditionField[] OfEveryItem =
    [
        new(Tags, AttributeType.String),
        new("product_id", AttributeType.String),
        new("key", AttributeType.String),
        new("brief", AttributeType.String),
        new("url", AttributeType.String),
        new("id", AttributeType.Number),
        new("created", AttributeType.Date),
        new("modified", AttributeType.Date),
    ];

    /// <summary>The fields of a table: its attributes first, then those of every item.</summary>
    public static IReadOnlyList<ConditionField> Of(IReadOnlyList<AttributeDefinition> schema) =>
    [
        .. schema.Where(attribute => attribute.Type != AttributeType.Unknown)
            .Select(attribute => new ConditionField(attribute.Name, attribute.Type, IsAttribute: true)),
        .. OfEveryItem,
    ];

    /// <summary>The fields by which hits can be grouped.</summary>
    public static IReadOnlyList<string> Groups(IReadOnlyList<AttributeDefinition> schema) =>
    [
        "product_id",
        .. schema.Where(attribute => attribute.Type is not (AttributeType.StringList or AttributeType.Unknown)).Select(attribute => attribute.Name),
    ];

    /// <summary>Maximum length of a text that the field is compared with, in Unicode characters.</summary>
    public int MaxLength => IsAttribute ? 255 : 1000;

    /// <summary>What can be asked of the field; the first is the most usual.</summary>
    public IReadOnlyList<Test> Tests => Type switch
    {
        AttributeType.Number =>
            [Test.Equal, Test.NotEqual, Test.Less, Test.LessOrEqual, Test.Greater, Test.GreaterOrEqual, Test.OneOf, Test.Exists, Test.Missing],
        AttributeType.Boolean => [Test.Equal, Test.Exists, Test.Missing],
        AttributeType.Date => [Test.From, Test.Before, Test.OnDay, Test.Exists, Test.Missing],
        AttributeType.StringList => [Test.Has, Test.HasNot, Test.Exists, Test.Missing],
        _ when Name == Tags => [Test.Has, Test.HasNot, Test.Equal, Test.StartsWith, Test.Exists, Test.Missing],
        _ => [Test.Equal, Test.NotEqual, Test.OneOf, Test.StartsWith, Test.Exists, Test.Missing],
    };
}
