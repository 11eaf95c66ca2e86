using System.Text;
using CsvHelper;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A list in CSV (RFC 4180) whose first row names the columns: fields of a line, and attributes of the table.</summary>
/// <param name="body">The body.</param>
/// <param name="fields">Validates the fields.</param>
/// <param name="encoding">The charset of the content type; a byte order mark has precedence.</param>
internal sealed class CsvList(Stream body, ItemFields fields, Encoding encoding)
{
    private static readonly string[] Known = ["url", "path", "server_path", "key", "tags", "brief", "product_id", "id"];

    // The names of other fields are reserved; lists that have an attribute named server_path keep their meaning.
    private readonly string[] _fields = [.. fields.Known(Known).Where(name => fields.Schema.All(attribute => attribute.Name != name))];

    private readonly CsvReaderOptions _format = new()
    {
        Separator = ',',
        MaxRecordSize = BodyLines.MaxPlainBytes,
        TrackLineNumbers = true,
        HasHeader = false,
        Encoding = encoding == FieldCharset.Utf8 ? null : encoding,
    };

    /// <exception cref="ListUnreadableException">The list can't be read any further.</exception>
    public async IAsyncEnumerable<ListLine> ReadAsync()
    {
        await using var rows = CsvReader.Create(body, _format, leaveOpen: true);
        if (!await ReadRowAsync(rows)) yield break;
        string[] columns = [.. rows.Current.ToArray().Select(name => name.Trim())];
        if (Check(columns) is { } failure) throw new ListUnreadableException(failure);
        while (await ReadRowAsync(rows)) yield return Parse(rows, columns);
    }

    private static async Task<bool> ReadRowAsync(CsvReader rows)
    {
        try
        {
            return await rows.ReadAsync();
        }
        catch (CsvFormatException e)
        {
            throw new ListUnreadableException(
                Invalid($"line {e.LineNumber}: the row is longer than {BodyLines.MaxPlainBytes} bytes; check its quotation marks"));
        }
        catch (DecoderFallbackException)
        {
            throw new ListUnreadableException(Invalid("the list is not in the charset that its content type says"));
        }
    }

    private Failure? Check(string[] columns)
    {
        var known = _fields.Concat(fields.Schema.Select(attribute => attribute.Name)).ToList();
        if (columns.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            return Invalid($"line 1: the column {PrintableText.Of(unknown)} is unknown, a list may have {string.Join(", ", known)}");
        return columns.Distinct(StringComparer.Ordinal).Count() < columns.Length ? Invalid("line 1: a column is there twice") : null;
    }

    private ListLine Parse(CsvReader rows, string[] columns)
    {
        if (rows.FieldCount > columns.Length)
            return new ListLine(rows.LineNumber, Invalid($"it has {rows.FieldCount} values, but the first line names {columns.Length} columns"));
        var values = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        using var attributes = new CsvAttributes();
        for (var i = 0; i < rows.FieldCount; i++)
        {
            if (rows.IsEmpty(i)) continue;
            var cell = FieldValue.FromForm(rows.GetSpan(i).ToArray(), FieldCharset.Utf8);
            if (_fields.Contains(columns[i])) values[columns[i]] = cell;
            else if (!cell.AsText().TryGet(out var text, out var failure)) return new ListLine(rows.LineNumber, failure);
            else attributes.Add(fields.Schema.First(attribute => attribute.Name == columns[i]), text!);
        }

        return fields.Read(rows.LineNumber, new RequestFields(values), attributes.ToJson());
    }

    private static Failure Invalid(string why) => new(FailureCode.RequestInvalid, why);
}
