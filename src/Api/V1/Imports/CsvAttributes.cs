using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Api.V1.Imports;

/// <summary>Writes cells as a JSON object of attributes. A cell that is not of its attribute's type stays a text, which validation refuses.</summary>
internal sealed class CsvAttributes : IDisposable
{
    /// <summary>Separates the strings of a list.</summary>
    public const char ListSeparator = '|';

    private readonly ArrayBufferWriter<byte> _json = new();
    private Utf8JsonWriter? _started;

    public void Add(AttributeDefinition attribute, string cell)
    {
        var writer = _started ??= Start();
        switch (attribute.Type)
        {
            case AttributeType.Number when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                writer.WriteNumber(attribute.Name, number);
                break;
            case AttributeType.Boolean when bool.TryParse(cell, out var boolean):
                writer.WriteBoolean(attribute.Name, boolean);
                break;
            case AttributeType.StringList:
                writer.WriteStartArray(attribute.Name);
                foreach (var text in cell.Split(ListSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) writer.WriteStringValue(text);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteString(attribute.Name, cell);
                break;
        }
    }

    /// <summary>The object; null without attributes.</summary>
    public ReadOnlyMemory<byte>? ToJson()
    {
        if (_started is null) return null;
        _started.WriteEndObject();
        _started.Flush();
        return _json.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _started?.Dispose();

    private Utf8JsonWriter Start()
    {
        var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        return writer;
    }
}
