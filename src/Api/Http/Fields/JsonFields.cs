using System.Text.Json;

namespace ImageSearch.Api.Http.Fields;

/// <summary>Finds the top-level fields of a JSON object without copying their values.</summary>
internal static class JsonFields
{
    private const int MaxDepth = 16;
    private const int MaxFields = 64;

    /// <summary>The UTF-8 byte order mark, which some editors write.</summary>
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="body">The whole body; the values refer to it.</param>
    public static Result<Dictionary<string, FieldValue>> Parse(Memory<byte> body)
    {
        if (((ReadOnlySpan<byte>)body.Span).StartsWith(ByteOrderMark)) body = body[ByteOrderMark.Length..];
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        var count = 0;
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Malformed("it must be an object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (++count > MaxFields) return Malformed($"it has more than {MaxFields} fields");
                var name = reader.GetString()!;
                reader.Read();
                fields[name] = Value(ref reader, body);
            }

            return reader.Read() ? Malformed("there is more after its end") : fields;
        }
        catch (JsonException e)
        {
            return Malformed($"see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}, and nest at most {MaxDepth} deep");
        }
        catch (InvalidOperationException)
        {
            return Malformed("it is not valid UTF-8");
        }
    }

    private static FieldValue Value(ref Utf8JsonReader reader, Memory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        var kind = reader.TokenType switch
        {
            JsonTokenType.String => FieldKind.Text,
            JsonTokenType.Number => FieldKind.Number,
            JsonTokenType.StartArray => FieldKind.List,
            JsonTokenType.Null => FieldKind.Null,
            JsonTokenType.StartObject => FieldKind.Object,
            _ => FieldKind.Boolean,
        };
        var escaped = reader.ValueIsEscaped;
        reader.Skip();
        return FieldValue.FromJson(kind, body[start..(int)reader.BytesConsumed], escaped);
    }

    private static Failure Malformed(string why) => new(FailureCode.RequestInvalid, $"the body is not the JSON that is expected: {why}");
}
