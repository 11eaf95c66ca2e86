namespace ImageSearch.Cli.Exports;

/// <summary>
/// The file of an export, which counts its lines. It gets its name after it is complete and flushed to disk, so a part is never mistaken for
/// a table.
/// </summary>
internal sealed class ExportFile : Stream
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly bool _overwrite;
    private readonly Action<long> _advanced;
    private readonly FileStream _file;
    private bool _isFinished;

    /// <param name="path">Its name.</param>
    /// <param name="overwrite">Whether to replace a file that exists.</param>
    /// <param name="advanced">Gets the number of lines so far.</param>
    /// <exception cref="IOException">The file exists, or can't be written.</exception>
    public ExportFile(string path, bool overwrite, Action<long> advanced)
    {
        if (!overwrite && File.Exists(path)) throw new IOException($"'{path}' already exists; choose another file or use --overwrite");
        (_path, _temporaryPath, _overwrite, _advanced) = (path, path + ".part", overwrite, advanced);
        _file = new FileStream(_temporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
    }

    public long Lines { get; private set; }

    public long Bytes { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Bytes;

    public override long Position
    {
        get => Bytes;
        set => throw new NotSupportedException();
    }

    /// <summary>Gives the file its name.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();
        File.Move(_temporaryPath, _path, _overwrite);
        _isFinished = true;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _file.WriteAsync(buffer, cancellationToken);
        Bytes += buffer.Length;
        Lines += buffer.Span.Count((byte)'\n');
        _advanced(Lines);
    }

    public override async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        if (!_isFinished) File.Delete(_temporaryPath);
        await base.DisposeAsync();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
