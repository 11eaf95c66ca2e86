using System.Text;
using System.Text.Json;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A list with one JSON object per line.</summary>
/// <param name="lines">The lines of the body.</param>
/// <param name="fields">Validates the fields.</param>
/// <param name="contentType">The content type of the body, which may name a charset.</param>
internal sealed class NdjsonList(BodyLines lines, ItemFields fields, string? contentType)
{
    private static readonly string[] Fields =
    [
        "url", "path", "server_path", "key", "tags", "brief", "product_id", "attributes", "image", "vector", "main_object_vector", "model", "id",
        "created", "modified", .. LineFiles.Fields,
    ];

    private static readonly string[] LongFields = ["image", .. LineFiles.Fields];

    private static readonly byte[] AnyOther = [0xFF];

    /// <exception cref="ListUnreadableException">The list can't be read any further.</exception>
    public async IAsyncEnumerable<ListLine> ReadAsync()
    {
        var notUtf8 = FieldCharset.CheckJson(contentType, AnyOther);
        while (await lines.ReadAsync() is { } read)
        {
            if (!read.TryGet(out var line, out var failure))
            {
                yield return new ListLine(lines.Number, failure);
                continue;
            }

            if (notUtf8 is not null && !Ascii.IsValid(line.Span)) throw new ListUnreadableException(notUtf8);
            yield return Parse(lines.Number, line);
        }
    }

    private ListLine Parse(long number, Memory<byte> line)
    {
        if (!JsonFields.Parse(line).TryGet(out var values, out _))
            return Invalid(number, "it is not a JSON object in UTF-8, alone on its line");
        if (values.Keys.FirstOrDefault(name => !fields.Known(Fields).Contains(name)) is { } unknown)
            return Invalid(number, $"the field {PrintableText.Of(unknown)} is unknown, a line may have {string.Join(", ", fields.Known(Fields))}");
        if (line.Length > BodyLines.MaxPlainBytes && !LongFields.Any(values.ContainsKey))
            return Invalid(number, $"it is longer than {BodyLines.MaxPlainBytes} bytes, the maximum for a line without an image");
        // Before the picture is decoded, which overwrites the line.
        var attributes = values.Remove("attributes") ? AttributesOf(line) : null;
        return fields.Read(number, new RequestFields(values), attributes);
    }

    // The line is valid JSON. Of several members with the name the last counts, as for the other fields.
    private static ReadOnlyMemory<byte>? AttributesOf(ReadOnlyMemory<byte> line)
    {
        var start = line.Span.StartsWith(JsonFields.ByteOrderMark) ? JsonFields.ByteOrderMark.Length : 0;
        var reader = new Utf8JsonReader(line.Span[start..]);
        ReadOnlyMemory<byte>? found = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFound = reader.ValueTextEquals("attributes"u8);
            reader.Read();
            var from = start + (int)reader.TokenStartIndex;
            reader.Skip();
            if (isFound) found = line[from..(start + (int)reader.BytesConsumed)];
        }

        return found;
    }

    private static ListLine Invalid(long number, string why) => new(number, new Failure(FailureCode.RequestInvalid, why));
}
