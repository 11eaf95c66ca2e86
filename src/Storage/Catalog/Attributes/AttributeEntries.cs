using System.Text.Json;
using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// The index entries of a row: its product id, and the values of indexed attributes that are of the attribute's type. A list has an entry
/// for each of its strings. An empty text is no value. Text that is not the JSON of attributes, as other programs may have stored it, has none.
/// </summary>
internal static class AttributeEntries
{
    /// <summary>The distinct entries of a row.</summary>
    public static IReadOnlyList<AttributeEntry> Of(string? productId, string? attributes, TableSettings settings)
    {
        if (string.IsNullOrEmpty(productId) && (attributes is null || settings.Attributes.Count == 0)) return [];
        var entries = new List<AttributeEntry>();
        if (!string.IsNullOrEmpty(productId)) entries.Add(new AttributeEntry(AttributeEntry.ProductId, IndexedValue.Of(productId)));
        if (attributes is not null && settings.Attributes.Any(attribute => attribute.Indexed)) AddAttributes(entries, attributes, settings);
        return entries;
    }

    private static void AddAttributes(List<AttributeEntry> entries, string json, TableSettings settings)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return;
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) return;
            foreach (var attribute in settings.Attributes)
            {
                if (attribute.Indexed && document.RootElement.TryGetProperty(attribute.Name, out var value)) Add(entries, attribute, value);
            }
        }
    }

    private static void Add(List<AttributeEntry> entries, AttributeDefinition attribute, JsonElement value)
    {
        if (attribute.Type == AttributeType.StringList)
        {
            if (value.ValueKind != JsonValueKind.Array) return;
            var texts = value.EnumerateArray().Select(Text).OfType<string>().Distinct(StringComparer.Ordinal);
            entries.AddRange(texts.Select(text => new AttributeEntry(attribute.Name, IndexedValue.Of(text))));
        }
        else if (Single(attribute.Type, value) is { } single)
        {
            entries.Add(new AttributeEntry(attribute.Name, single));
        }
    }

    private static IndexedValue? Single(AttributeType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (AttributeType.String, JsonValueKind.String) => Text(value) is { } text ? IndexedValue.Of(text) : null,
        (AttributeType.Number, JsonValueKind.Number) =>
            value.TryGetDouble(out var number) && double.IsFinite(number) ? IndexedValue.Of(number) : null,
        (AttributeType.Boolean, JsonValueKind.True) => IndexedValue.Of(1),
        (AttributeType.Boolean, JsonValueKind.False) => IndexedValue.Of(0),
        (AttributeType.Date, JsonValueKind.String) => Text(value) is { } text ? Date(text) : null,
        _ => null,
    };

    private static IndexedValue? Date(string text) => DateText.TryParse(text, out var date) ? IndexedValue.Of(date.ToUnixTimeMilliseconds()) : null;

    // An empty text is no value.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate is no text.
            return null;
        }
    }
}
