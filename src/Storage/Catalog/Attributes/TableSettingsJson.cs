using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>
/// Table settings as the JSON of the registry's column <c>settings</c>. Members and values that this version does not know are ignored, so
/// that it can read what a newer one wrote.
/// </summary>
internal static class TableSettingsJson
{
    /// <summary>The text of settings; null for the default ones.</summary>
    public static string? Write(TableSettings settings)
    {
        if (settings is { OnExistingKey: KeyRule.Replace, MainObject: null, Attributes.Count: 0, MaxRows: null }) return null;
        var document = new SettingsDocument(
            settings.OnExistingKey.ToString(),
            settings.MainObject?.ToString(),
            [.. settings.Attributes.Select(attribute => new AttributeDocument(attribute.Name, attribute.Type.ToString(), attribute.Indexed))],
            settings.MaxRows);
        return JsonSerializer.Serialize(document, TableSettingsContext.Default.SettingsDocument);
    }

    /// <summary>The settings of a text.</summary>
    /// <exception cref="JsonException">The text is not a JSON object of settings.</exception>
    public static TableSettings Read(string? text)
    {
        if (text is null) return TableSettings.Default;
        var document = JsonSerializer.Deserialize(text, TableSettingsContext.Default.SettingsDocument) ?? throw new JsonException("null");
        return new TableSettings(
            Parse<KeyRule>(document.OnExistingKey) ?? KeyRule.Replace,
            Parse<MainObjectRule>(document.MainObject),
            [.. (document.Attributes ?? []).Select(ToDefinition).OfType<AttributeDefinition>()],
            document.MaxRows);
    }

    private static AttributeDefinition? ToDefinition(AttributeDocument attribute) =>
        attribute.Name is { } name && Parse<AttributeType>(attribute.Type) is { } type
            ? new AttributeDefinition(name, type, attribute.Indexed)
            : null;

    private static T? Parse<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : null;
}

/// <summary>The JSON of <see cref="TableSettings"/>.</summary>
internal sealed record SettingsDocument(
    string? OnExistingKey, string? MainObject, IReadOnlyList<AttributeDocument>? Attributes, long? MaxRows);

/// <summary>The JSON of an <see cref="AttributeDefinition"/>.</summary>
internal sealed record AttributeDocument(string? Name, string? Type, bool Indexed);

/// <summary>The generated code of the documents.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SettingsDocument))]
internal sealed partial class TableSettingsContext : JsonSerializerContext;
