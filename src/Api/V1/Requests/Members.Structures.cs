using System.Text;
using System.Text.Json;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.V1.Search;

namespace ImageSearch.Api.V1.Requests;

/// <content>Members that are pictures, objects and lists.</content>
internal sealed partial class Members
{
    /// <summary>The bytes of a base64 text; null if it is missing or empty. Call it once per member: it decodes in place.</summary>
    public Result<ReadOnlyMemory<byte>?> Base64(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (ReadOnlyMemory<byte>?)null;
        if (value.Kind != FieldKind.Text) return InvalidField.Of(Path(name), Shown(value), "a base64 text");
        return value.DecodeBase64().TryGet(out var bytes, out var failure) ? bytes : failure with { Field = Path(name), Bound = "a base64 text" };
    }

    /// <summary>The JSON of an object, which in a form is the field's text; null if it is missing or null.</summary>
    public Result<Memory<byte>?> Object(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (Memory<byte>?)null;
        if (value.Kind == FieldKind.Object) return (Memory<byte>?)value.Token;
        if (!value.IsForm) return InvalidField.Of(Path(name), Shown(value), "a JSON object");
        if (!value.AsText().TryGet(out var text, out var failure)) return failure with { Field = Path(name) };
        return string.IsNullOrWhiteSpace(text) ? (Memory<byte>?)null : Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The members of an object; null if it is missing or null.</summary>
    public Result<Members?> Nested(string name, IReadOnlyCollection<string> known)
    {
        if (!Object(name).TryGet(out var json, out var failure)) return failure;
        if (json is null) return (Members?)null;
        return Parse(json.Value, $"{Path(name)}.", known).TryGet(out var members, out failure) ? members : failure;
    }

    /// <summary>The JSON of each object of an array; null if it is missing or null.</summary>
    public Result<IReadOnlyList<Memory<byte>>?> Objects(string name, int maxCount)
    {
        var bound = $"an array of at most {maxCount} objects";
        if (!Elements(name, maxCount, bound).TryGet(out var elements, out var failure)) return failure;
        if (elements is null) return (List<Memory<byte>>?)null;
        for (var i = 0; i < elements.Count; i++)
        {
            if (elements[i].Span[0] != '{') return InvalidField.Of($"{Path(name)}[{i}]", Shown(elements[i].Span), "an object");
        }

        return elements;
    }

    /// <summary>Texts: an array of JSON, or text separated by commas; null if it is missing or null.</summary>
    public Result<IReadOnlyList<string>?> Texts(string name, int maxCount)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (List<string>?)null;
        var bound = $"an array of at most {maxCount} texts";
        if (value.Kind == FieldKind.List)
        {
            if (!value.AsList(maxCount).TryGet(out var items, out _)) return InvalidField.Of(Path(name), Shown(value), bound);
            return items.Count <= maxCount
                ? Result.Success<IReadOnlyList<string>?>(items)
                : InvalidField.Of(Path(name), $"more than {maxCount} elements", bound);
        }

        if (!Raw(name, FieldKind.Text, bound).TryGet(out var text, out var failure)) return failure;
        var parts = text!.Split(',', maxCount + 1, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length <= maxCount ? parts : InvalidField.Of(Path(name), text, bound);
    }

    /// <summary>A vector; null if it is missing or null.</summary>
    public Result<float[]?> Vector(string name)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (float[]?)null;
        // Decoding overwrites the text.
        var invalid = InvalidField.Of(Path(name), Shown(value), QueryVector.Bound);
        if (value.Kind == FieldKind.List) return QueryVector.Parse(value.Token.Span) is { } values ? values : invalid;
        if (value.Kind != FieldKind.Text || !value.DecodeBase64().TryGet(out var bytes, out _)) return invalid;
        if (bytes is not { } content) return (float[]?)null;
        return QueryVector.Parse(content) is { } decoded ? decoded : invalid;
    }

    // The elements refer to the body, as the members do. A list of them takes more memory than a body of short elements.
    private Result<List<Memory<byte>>?> Elements(string name, int maxCount, string bound)
    {
        if (!_values.TryGetValue(name, out var value) || value.Kind == FieldKind.Null) return (List<Memory<byte>>?)null;
        if (value.Kind != FieldKind.List) return InvalidField.Of(Path(name), Shown(value), bound);
        var elements = new List<Memory<byte>>();
        var reader = new Utf8JsonReader(value.Token.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (elements.Count == maxCount) return InvalidField.Of(Path(name), $"more than {maxCount} elements", bound);
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(value.Token[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }
}
