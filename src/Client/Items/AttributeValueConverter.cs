using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Items;

/// <summary>An attribute's value as JSON. A value of a kind that this version does not know is null.</summary>
internal sealed class AttributeValueConverter : JsonConverter<AttributeValue>
{
    public override AttributeValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return reader.GetDouble();
            case JsonTokenType.True or JsonTokenType.False: return reader.GetBoolean();
            case JsonTokenType.StartArray: return ReadTexts(ref reader);
            default:
                reader.Skip();
                return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, AttributeValue value, JsonSerializerOptions options)
    {
        if (value.Text is { } text) writer.WriteStringValue(text);
        else if (value.Number is { } number) writer.WriteNumberValue(number);
        else if (value.Boolean is { } boolean) writer.WriteBooleanValue(boolean);
        else if (value.Texts is { } texts) WriteTexts(writer, texts);
        else writer.WriteNullValue();
    }

    private static string[] ReadTexts(ref Utf8JsonReader reader)
    {
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String) texts.Add(reader.GetString()!);
            else reader.Skip();
        }

        return [.. texts];
    }

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
