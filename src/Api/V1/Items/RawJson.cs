using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Api.V1.Items;

/// <summary>JSON that is written as it is: the catalog has validated it.</summary>
/// <param name="Text">The JSON.</param>
[JsonConverter(typeof(Converter))]
internal sealed record RawJson(string Text)
{
    /// <summary>Writes the text; it is never read.</summary>
    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
