using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Cli.Files;

/// <summary>
/// Writes a table's file. It gets its name after it is complete and flushed to disk, so a partial file is never mistaken for a table.
/// </summary>
internal sealed class TableFileWriter : IAsyncDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _stream;
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly bool _overwrite;
    private long _rows;
    private bool _finished;

    /// <exception cref="IOException">The file exists, or can't be written.</exception>
    public TableFileWriter(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw new IOException($"'{path}' already exists; choose another file or use --overwrite");
        (_path, _temporaryPath, _overwrite) = (path, path + ".part", overwrite);
        _stream = new FileStream(_temporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
    }

    public Task WriteAsync(TableFileHeader header, CancellationToken cancellationToken) =>
        WriteLineAsync(header, ReadableJson.Lines.TableFileHeader, cancellationToken);

    public Task WriteAsync(StoredRow row, CancellationToken cancellationToken)
    {
        _rows++;
        return WriteLineAsync(row, ReadableJson.Lines.StoredRow, cancellationToken);
    }

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await WriteLineAsync(new TableFileEnd { EndOfRows = _rows }, ReadableJson.Lines.TableFileEnd, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        _stream.Flush(flushToDisk: true);
        await _stream.DisposeAsync();
        File.Move(_temporaryPath, _path, _overwrite);
        _finished = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (!_finished) File.Delete(_temporaryPath);
    }

    private async Task WriteLineAsync<T>(T line, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, type), cancellationToken);
        _stream.WriteByte((byte)'\n');
    }
}
