using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Client.Json;

/// <summary>A vector as base64 of float32 values, little-endian. Generated code asks for a converter of the nullable type itself.</summary>
internal sealed class NullableVectorConverter : JsonConverter<ReadOnlyMemory<float>?>
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<float>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var bytes = reader.GetBytesFromBase64();
        if (bytes.Length % sizeof(float) != 0) throw new JsonException("A vector must have 4 bytes for each value.");
        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return new ReadOnlyMemory<float>(values);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<float>? value, JsonSerializerOptions options)
    {
        if (value is { } vector) Write(writer, vector);
        else writer.WriteNullValue();
    }

    /// <summary>Writes a vector.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<float> value)
    {
        if (BitConverter.IsLittleEndian)
        {
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes(value.Span));
            return;
        }

        var bytes = new byte[value.Length * sizeof(float)];
        for (var i = 0; i < value.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), value.Span[i]);
        writer.WriteBase64StringValue(bytes);
    }
}
