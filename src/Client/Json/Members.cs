using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageSearch.Client.Json;

/// <summary>The members of a request, which go into JSON, a form or a query string. A member without a value is left out.</summary>
internal sealed class Members
{
    private readonly List<(string Name, string Text, string? Json)> _members = [];

    /// <summary>Each member with its value as a form or a query string has it.</summary>
    public IEnumerable<(string Name, string Text)> Texts => _members.Select(member => (member.Name, member.Text));

    public Members Add(string name, string? value)
    {
        if (value is not null) _members.Add((name, value, null));
        return this;
    }

    public Members Add(string name, long? value) => AddRaw(name, value?.ToString(CultureInfo.InvariantCulture));

    public Members Add(string name, double? value) => AddRaw(name, value?.ToString(CultureInfo.InvariantCulture));

    public Members Add<T>(string name, T? word)
        where T : struct, Enum =>
        Add(name, word is { } value ? WordConverter<T>.Of(value) : null);

    /// <summary>Adds true; false is the default of every flag.</summary>
    public Members AddFlag(string name, bool value) => value ? AddRaw(name, "true") : this;

    /// <summary>Adds texts: an array in JSON, else separated by commas.</summary>
    public Members AddList(string name, IReadOnlyCollection<string>? values)
    {
        if (values is { Count: > 0 })
            _members.Add((name, string.Join(',', values), $"[{string.Join(',', values.Select(value => $"\"{JsonEncodedText.Encode(value)}\""))}]"));
        return this;
    }

    public Members AddValue<T>(string name, T? value, JsonTypeInfo<T> type)
        where T : class =>
        AddRaw(name, value is null ? null : JsonSerializer.Serialize(value, type));

    /// <summary>Adds JSON that is written by hand.</summary>
    public Members AddRaw(string name, string? json)
    {
        if (json is not null) _members.Add((name, json, json));
        return this;
    }

    /// <summary>Adds null, which removes a value in a change.</summary>
    public Members AddNull(string name, bool isNull) => AddRaw(name, isNull ? "null" : null);

    public void Write(Utf8JsonWriter json)
    {
        foreach (var (name, text, raw) in _members)
        {
            json.WritePropertyName(name);
            if (raw is null) json.WriteStringValue(text);
            else json.WriteRawValue(raw);
        }
    }

    /// <summary>The members as a JSON object.</summary>
    public byte[] ToJson() => ObjectOf(Write);

    /// <summary>The members as a query string; empty if there are none.</summary>
    public string ToQuery() => _members.Count == 0
        ? ""
        : "?" + string.Join('&', Texts.Select(member => $"{member.Name}={Uri.EscapeDataString(member.Text)}"));

    /// <summary>A JSON object that a delegate writes.</summary>
    public static byte[] ObjectOf(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClientJson.Wire.Options.Encoder }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A JSON object that a delegate writes, as text.</summary>
    public static string TextOf(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(ObjectOf(write));
}
