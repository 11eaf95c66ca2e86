using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Json;

/// <summary>
/// An enum as the service's word for it: <c>string_list</c>. A word that this version does not know is the enum's first value, Unknown, so that
/// a newer service does not break older clients.
/// </summary>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().Where(value => !Equals(value, default(T))).ToDictionary(Of);

    /// <summary>The word.</summary>
    /// <exception cref="ArgumentException">The value is Unknown.</exception>
    public static string Of(T value) => Equals(value, default(T))
        ? throw new ArgumentException($"{typeof(T).Name}.Unknown can't be sent; use another value.", nameof(value))
        : JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return Values.GetValueOrDefault(reader.GetString()!);
        reader.Skip();
        return default;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Of(value));
}
