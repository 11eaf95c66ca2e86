using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace ImageSearch.Cli.Imports;

/// <summary>A list whose column or member for the key gets the name that the service knows, while it is sent.</summary>
/// <param name="list">The list.</param>
/// <param name="column">The column of a CSV, or the member of the lines of NDJSON.</param>
/// <param name="isCsv">Whether it is a CSV.</param>
internal sealed class RenamedList(Stream list, string column, bool isCsv) : IAsyncDisposable
{
    private const string KeyName = "key";

    // A line has a picture of at most 20 MB as base64.
    private const int MaxLineBytes = 32 << 20;

    private readonly Pipe _pipe = new();
    private Task _copying = Task.CompletedTask;

    /// <summary>Begins to read the list.</summary>
    /// <returns>The list with the other name. It throws what is wrong with the list.</returns>
    public Stream Start(CancellationToken cancellationToken)
    {
        _copying = CopyAsync(cancellationToken);
        return _pipe.Reader.AsStream(leaveOpen: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.Reader.CompleteAsync();
        await _copying;
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var lines = PipeReader.Create(list, new StreamPipeReaderOptions(leaveOpen: true));
            var isFirst = true;
            while (await ReadLineAsync(lines, cancellationToken) is { } line)
            {
                var sent = isCsv ? isFirst ? Header(line) : line : Member(line);
                isFirst = false;
                if ((await _pipe.Writer.WriteAsync(sent, cancellationToken)).IsCompleted) return;
            }
        }
        // The reader of the pipe throws it.
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            await _pipe.Writer.CompleteAsync(failure);
        }
    }

    // A line with its line feed; null at the end.
    private static async Task<byte[]?> ReadLineAsync(PipeReader lines, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await lines.ReadAsync(cancellationToken);
            var end = read.Buffer.PositionOf((byte)'\n') is { } feed ? read.Buffer.GetPosition(1, feed) : read.IsCompleted ? read.Buffer.End : (SequencePosition?)null;
            if (end is { } position)
            {
                var line = read.Buffer.Slice(0, position).ToArray();
                lines.AdvanceTo(position);
                return line.Length == 0 ? null : line;
            }

            if (read.Buffer.Length > MaxLineBytes) throw new IOException($"the list has a line of more than {MaxLineBytes} bytes; correct it");
            lines.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Names of columns are compared byte by byte, which is right for UTF-8 and for charsets that extend ASCII, as GBK does.
    private byte[] Header(byte[] line)
    {
        var text = Encoding.Latin1.GetString(line);
        var wanted = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(column));
        var ending = text[text.TrimEnd('\r', '\n').Length..];
        var columns = text.TrimEnd('\r', '\n').Split(',');
        var found = Array.FindIndex(columns, name => NameOf(name) == wanted);
        if (found < 0) throw new IOException($"the first line of the list has no column {column}; --key names one of its columns");
        if (columns.Any(name => NameOf(name) == KeyName) && column != KeyName) throw new IOException("the list has a column key beside the one of --key; remove one of them");
        columns[found] = KeyName;
        return Encoding.Latin1.GetBytes(string.Join(',', columns) + ending);
    }

    private static string NameOf(string cell) => cell.Replace("\u00ef\u00bb\u00bf", "", StringComparison.Ordinal).Trim().Trim('"').Trim();

    private byte[] Member(byte[] line)
    {
        if (line.All(character => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return line;
        if (JsonNode.Parse(line) is not JsonObject item) throw new IOException("the list has a line that is no JSON object; correct it");
        if (column == KeyName || !item.Remove(column, out var key)) return line;
        item[KeyName] = key is JsonValue value && value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.ToJsonString() : key;
        return [.. Encoding.UTF8.GetBytes(item.ToJsonString()), (byte)'\n'];
    }
}
