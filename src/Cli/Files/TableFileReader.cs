using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Files;

/// <summary>A line of a table's file: a row, or why it is none.</summary>
/// <param name="Number">The line, from 1.</param>
/// <param name="Row">The row.</param>
/// <param name="Fault">Why there is none.</param>
internal readonly record struct TableFileLine(long Number, StoredRow? Row, string? Fault);

/// <summary>Reads a table's file line by line; a line is bounded, so that any file can be given.</summary>
internal sealed class TableFileReader(string path) : IAsyncDisposable
{
    // Two features of 16,384 values take 350 KB; attributes are the shop's.
    private const int MaxBytesALine = 16 << 20;

    private readonly FileStream _stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
    private PipeReader? _pipe;
    private long _read;
    private long _line;

    /// <summary>How much of the file has been read, 0..1.</summary>
    public double Fraction => _stream.Length == 0 ? 1 : (double)_read / _stream.Length;

    /// <summary>Rows that the last line says there are; null until it was read, or where the file is cut off.</summary>
    public long? EndOfRows { get; private set; }

    public async Task<Result<TableFileHeader>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(TableFileJson.Default.TableFileHeader, cancellationToken) is not { Value: { Format: TableFileHeader.Kind } header })
            return Refused("is no file that imagesearch export wrote: its first line does not say so");
        return header.FormatVersion == TableFileHeader.Newest
            ? header
            : Refused($"has version {header.FormatVersion} of the format, this program reads {TableFileHeader.Newest}; use the program that wrote it");
    }

    /// <summary>The rows after the header.</summary>
    public async IAsyncEnumerable<TableFileLine> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await NextAsync(TableFileJson.Default.StoredRow, cancellationToken) is { } line)
        {
            if (line.IsEnd)
            {
                EndOfRows = line.Rows;
                yield break;
            }

            yield return new TableFileLine(_line, line.Value, line.Fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pipe is not null) await _pipe.CompleteAsync();
        await _stream.DisposeAsync();
    }

    private Failure Refused(string reason) => new(FailureCode.RequestInvalid, $"'{path}' {reason}");

    // Null at the end of the file; what stands after the last line feed is a line that was cut off.
    private async Task<Line<T>?> NextAsync<T>(JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        _pipe ??= PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        while (true)
        {
            var result = await _pipe.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = Parse(result.Buffer.Slice(0, end), type);
                var next = result.Buffer.GetPosition(1, end);
                _read += result.Buffer.Slice(0, next).Length;
                _line++;
                _pipe.AdvanceTo(next);
                return line;
            }

            _pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted) return null;
            if (result.Buffer.Length > MaxBytesALine)
                throw new IOException($"'{path}' has more than {MaxBytesALine} bytes in line {_line + 1}; it is no file that imagesearch export wrote");
        }
    }

    private static Line<T> Parse<T>(ReadOnlySequence<byte> text, JsonTypeInfo<T> type)
    {
        try
        {
            var end = new SequenceReader<byte>(text).IsNext("{\"end_of_rows\":"u8)
                ? Deserialize(text, TableFileJson.Default.TableFileEnd)
                : null;
            return end is null ? new Line<T>(Deserialize(text, type), false, 0, null) : new Line<T>(default, true, end.EndOfRows, null);
        }
        catch (JsonException e)
        {
            return new Line<T>(default, false, 0, e.Message);
        }
    }

    private static T Deserialize<T>(ReadOnlySequence<byte> text, JsonTypeInfo<T> type)
    {
        var reader = new Utf8JsonReader(text);
        var value = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("The line holds null.");
        return reader.Read() ? throw new JsonException("The line goes on after its object.") : value;
    }

    private sealed record Line<T>(T? Value, bool IsEnd, long Rows, string? Fault);
}
