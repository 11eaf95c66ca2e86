using System.Text;
using System.Text.Json;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering.Attributes;

/// <summary>The values of attributes as JSON, in the order of the schema.</summary>
internal sealed class AttributeMembers
{
    private const string Null = "null";

    private readonly IReadOnlyList<AttributeDefinition> _schema;

    // By attribute: its value, "null" for none, or a null reference if there is no such member.
    private readonly string?[] _values;

    private AttributeMembers(IReadOnlyList<AttributeDefinition> schema) => (_schema, _values) = (schema, new string?[schema.Count]);

    /// <summary>Reads a client's object.</summary>
    public static Result<AttributeMembers> Read(JsonElement json, IReadOnlyList<AttributeDefinition> schema)
    {
        if (json.ValueKind != JsonValueKind.Object) return Invalid($"attributes must be a JSON object, but it is {JsonNames.Of(json)}", "attributes", JsonNames.Of(json), "a JSON object");
        var members = new AttributeMembers(schema);
        foreach (var member in json.EnumerateObject())
        {
            if (!JsonNames.TryGetName(member, out var name)) return Invalid($"a name in attributes {JsonNames.NotAString}", "attributes", null, "an object whose names are strings");
            var index = IndexOf(schema, name);
            if (index < 0) return Invalid(Unknown(name, schema), $"attributes.{name}", null, Names(name, schema));
            if (members._values[index] is not null) return Invalid($"attributes.{name} is given twice", $"attributes.{name}", "given twice", "given once");
            if (!AttributeValue.Read(schema[index], member.Value).TryGet(out var value, out var failure)) return failure;
            members._values[index] = value ?? Null;
        }

        return members;
    }

    /// <summary>Reads a stored object and leaves out what is not valid (any more).</summary>
    public static AttributeMembers ReadStored(string? stored, IReadOnlyList<AttributeDefinition> schema)
    {
        var members = new AttributeMembers(schema);
        if (stored is null) return members;
        try
        {
            using var document = JsonDocument.Parse(stored);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return members;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                var index = JsonNames.TryGetName(member, out var name) ? IndexOf(schema, name) : -1;
                if (index < 0 || !AttributeValue.Read(schema[index], member.Value).TryGet(out var value, out _)) continue;
                members._values[index] = value;
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // Not written by this service. What was read up to here is kept.
        }

        return members;
    }

    /// <summary>These values, replaced by those of a change that has them.</summary>
    public AttributeMembers With(AttributeMembers changes)
    {
        var merged = new AttributeMembers(_schema);
        for (var i = 0; i < _values.Length; i++) merged._values[i] = changes._values[i] ?? _values[i];
        return merged;
    }

    /// <summary>The object without nulls; null if it would be empty.</summary>
    public Result<string?> Write()
    {
        if (!Write(withNulls: false).TryGet(out var text, out var failure)) return failure;
        return text == "{}" ? Result.Success<string?>(null) : text;
    }

    /// <summary>The object with nulls.</summary>
    public Result<string> WritePatch() => Write(withNulls: true);

    private Result<string> Write(bool withNulls)
    {
        var json = new StringBuilder("{");
        for (var i = 0; i < _values.Length; i++)
        {
            if (_values[i] is not { } value || (!withNulls && value == Null)) continue;
            if (json.Length > 1) json.Append(',');
            json.AppendString(_schema[i].Name).Append(':').Append(value);
        }

        var text = json.Append('}').ToString();
        var bytes = Encoding.UTF8.GetByteCount(text);
        return bytes <= PictureTexts.MaxAttributesBytes
            ? text
            : Invalid(
                $"attributes are {bytes} bytes long; the maximum is {PictureTexts.MaxAttributesBytes}", "attributes", $"{bytes} bytes",
                $"at most {PictureTexts.MaxAttributesBytes} bytes");
    }

    private static int IndexOf(IReadOnlyList<AttributeDefinition> schema, string name)
    {
        for (var i = 0; i < schema.Count; i++)
        {
            if (schema[i].Name == name) return i;
        }

        return -1;
    }

    private static string Unknown(string name, IReadOnlyList<AttributeDefinition> schema) =>
        $"\"{UserText.Show(name)}\" is not an attribute of the table; " + (schema.Count == 0 ? "the table has none" : $"its attributes are {Names(name, schema)}");

    private static string Names(string name, IReadOnlyList<AttributeDefinition> schema) =>
        schema.Count == 0 ? "none: the table has no attributes" : FilterFields.List(schema.Select(attribute => attribute.Name), name);

    private static Failure Invalid(string message, string field, string? value, string bound) =>
        new(FailureCode.RequestInvalid, message) { Field = field, Value = value, Bound = bound };
}
