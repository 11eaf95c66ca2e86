using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Files;

/// <summary>A line of a table's file: a row, or an error.</summary>
/// <param name="Number">The line number, from 1.</param>
/// <param name="Row">The row; null if the line is invalid.</param>
/// <param name="Error">Why the line is invalid; otherwise null.</param>
internal readonly record struct TableFileLine(long Number, StoredRow? Row, string? Error);

/// <summary>Reads a table's file line by line. The length of a line is bounded, so the memory is bounded for any input.</summary>
internal sealed class TableFileReader(string path) : IAsyncDisposable
{
    // Two features of 16,384 values take 350 KB; the other columns are short.
    private const int MaxLineBytes = 16 << 20;

    private readonly FileStream _stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
    private PipeReader? _pipe;
    private long _read;
    private long _line;

    /// <summary>The fraction of the file that was read, 0..1.</summary>
    public double Fraction => _stream.Length == 0 ? 1 : (double)_read / _stream.Length;

    /// <summary>The number of rows in the last line; null until it was read, and if the file is truncated.</summary>
    public long? EndOfRows { get; private set; }

    public async Task<Result<TableFileHeader>> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(TableFileJson.Default.TableFileHeader, cancellationToken) is not { Value: { Format: TableFileHeader.FormatName } header })
            return Reject("is not a file that imagesearch export wrote: its first line is not a header");
        return header.FormatVersion == TableFileHeader.CurrentVersion
            ? header
            : Reject($"has format version {header.FormatVersion}, but this program reads version {TableFileHeader.CurrentVersion}; use the program that wrote it");
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

            yield return new TableFileLine(_line, line.Value, line.Error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pipe is not null) await _pipe.CompleteAsync();
        await _stream.DisposeAsync();
    }

    private Failure Reject(string reason) => new(FailureCode.RequestInvalid, $"'{path}' {reason}");

    // Null at the end of the file. Bytes after the last line feed are a truncated line.
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
            if (result.Buffer.Length > MaxLineBytes)
                throw new IOException($"'{path}' has more than {MaxLineBytes} bytes in line {_line + 1}; it is not a file that imagesearch export wrote");
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
        var value = JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("The line contains null.");
        return reader.Read() ? throw new JsonException("The line has more text after its object.") : value;
    }

    private sealed record Line<T>(T? Value, bool IsEnd, long Rows, string? Error);
}
