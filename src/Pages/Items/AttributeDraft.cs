using System.Globalization;
using ImageSearch.Client.Items;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Fields;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Items;

/// <summary>The value of an attribute while it is edited: a text, as fields of a browser have it. An empty one is no value.</summary>
public sealed class AttributeDraft
{
    public const string True = "true";
    public const string False = "false";

    private readonly TimeZoneInfo _zone;
    private readonly string _read;

    /// <summary>The value that an item has.</summary>
    /// <param name="definition">The attribute.</param>
    /// <param name="value">The value. One of another type, from before the schema changed, is none.</param>
    /// <param name="zone">The browser's time zone.</param>
    public AttributeDraft(AttributeDefinition definition, AttributeValue value, TimeZoneInfo zone)
    {
        (Definition, _zone) = (definition, zone);
        Text = _read = TextOf(value);
    }

    public AttributeDefinition Definition { get; }

    public string Text { get; set; }

    public bool IsChanged => Text != _read;

    /// <summary>What is wrong with the text; null for nothing.</summary>
    public Text? Fault => Text.Trim().Length == 0 || !Value.IsNull
        ? null
        : Definition.Type switch
        {
            AttributeType.Number => ItemWords.NotANumber,
            AttributeType.Date => ItemWords.NotADate,
            _ => null,
        };

    /// <summary>The value of the text; null for none.</summary>
    public AttributeValue Value => Text.Trim() is not { Length: > 0 } text
        ? default
        : Definition.Type switch
        {
            AttributeType.Number => double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : default(AttributeValue),
            AttributeType.Boolean => text == True,
            AttributeType.Date => LocalTime.Parse(text, _zone) is { } date ? date : default(AttributeValue),
            AttributeType.StringList => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            _ => text,
        };

    private string TextOf(AttributeValue value) => Definition.Type switch
    {
        AttributeType.String => value.Text ?? "",
        AttributeType.Number => value.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        AttributeType.Boolean => value.Boolean switch { true => True, false => False, null => "" },
        AttributeType.Date => value.Date is { } date ? LocalTime.ToText(date, _zone) : "",
        AttributeType.StringList => value.Texts is { } texts ? string.Join('\n', texts) : "",
        _ => value.ToString(),
    };
}
