using ImageSearch.Client.Tables;
using ImageSearch.Pages.Fields;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Items;

/// <summary>The order of a list of items, as <c>order_by</c> has it: a field, with <c> desc</c> for the greatest first.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
public readonly record struct ItemOrder(string Field, bool IsDescending)
{
    private const string Default = "id";
    private const string Suffix = " desc";

    private static readonly IReadOnlyList<Choice<string>> Fields =
    [
        new(Default, ItemWords.Id),
        new("created", ItemWords.Created),
        new("modified", ItemWords.Modified),
        new("key", ItemWords.Key),
        new("product_id", ItemWords.Product),
    ];

    /// <summary>The order of a text.</summary>
    public static ItemOrder Of(string? text) => text switch
    {
        null or "" => new(Default, false),
        _ when text.EndsWith(Suffix, StringComparison.Ordinal) => new(text[..^Suffix.Length], true),
        _ => new(text, false),
    };

    /// <summary>The fields that a table can be ordered by.</summary>
    public static IReadOnlyList<Choice<string>> ChoicesOf(IReadOnlyList<AttributeDefinition> schema) =>
    [
        .. Fields,
        .. schema.Where(attribute => attribute.Indexed && attribute.Type != AttributeType.StringList)
            .Select(attribute => new Choice<string>(attribute.Name, new Text(attribute.Name, attribute.Name))),
    ];

    /// <summary>The order as a text; null for the default one.</summary>
    public string? ToText() => this == new ItemOrder(Default, false) ? null : Field + (IsDescending ? Suffix : "");
}
