using System.Text;
using System.Text.Json;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Items;

/// <summary>Attributes of a request by a table's schema.</summary>
internal static class AttributeInput
{
    /// <summary>Maximum bytes of attributes before they are parsed: what is stored is at most 16 KB, and escapes and white space take some.</summary>
    public const int MaxJsonBytes = 128 * 1024;

    /// <summary>The text to store; null if there are no values.</summary>
    public static Result<string?> Read(ItemInput input, TableStatus table)
    {
        if (input.Attributes is not { } json) return (string?)null;
        if (CheckLength(json.Length) is { } tooLong) return tooLong;
        return AttributeValues.Read(json, table.Settings.Attributes).TryGet(out var text, out var failure) ? text : Named(failure);
    }

    /// <summary>The change of an item's attributes; null if they are not given. Null attributes remove all values.</summary>
    public static Result<string?> ReadPatch(ItemInput input, TableStatus table)
    {
        if (!input.HasAttributes) return (string?)null;
        if (input.Attributes is not { } json) return Replace(null, table.Settings.Attributes);
        if (CheckLength(json.Length) is { } tooLong) return tooLong;
        try
        {
            var patch = AttributeValues.ReadPatch(JsonElement.Parse(json.Span), table.Settings.Attributes);
            return patch.TryGet(out var text, out var failure) ? text : Named(failure);
        }
        catch (JsonException)
        {
            return InvalidField.Of("attributes", Encoding.UTF8.GetString(json.Span), "a JSON object");
        }
    }

    /// <summary>The change that leaves an item with these attributes only.</summary>
    /// <param name="attributes">The text to store, or null.</param>
    /// <param name="schema">The table's attributes.</param>
    public static string? Replace(string? attributes, IReadOnlyList<AttributeDefinition> schema)
    {
        if (schema.Count == 0) return null;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            var values = JsonElement.Parse(attributes ?? "{}");
            writer.WriteStartObject();
            foreach (var attribute in schema)
            {
                writer.WritePropertyName(attribute.Name);
                if (values.TryGetProperty(attribute.Name, out var value)) value.WriteTo(writer);
                else writer.WriteNullValue();
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static Failure? CheckLength(int bytes) => bytes <= MaxJsonBytes
        ? null
        : InvalidField.Of("attributes", $"{bytes} bytes", $"a JSON object of at most {MaxJsonBytes} bytes");

    private static Failure Named(Failure failure) => failure.Field is null ? failure with { Field = "attributes", Bound = "a JSON object" } : failure;
}
