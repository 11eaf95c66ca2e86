using System.Buffers;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// A connection that removes lines that are not headers from the heads of responses: the HTTP handler would reject the whole response for
/// one such line, browsers ignore it. The status line and the body pass through unchanged.
/// </summary>
/// <param name="inner">The connection, above TLS.</param>
/// <param name="maxHeadBytes">The longest head, in bytes; a longer one passes through, for the handler to reject.</param>
internal sealed class TolerantHeadStream(Stream inner, int maxHeadBytes) : Stream
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly ArrayBufferWriter<byte> _ready = new();
    private byte[] _raw = new byte[4096];
    private int _rawLength;
    private int _readyRead;
    private int _headBytes;
    private bool _isBody;
    private bool _isFirstLine = true;
    private bool _isInterim;
    private bool _isKept;

    /// <summary>Whether a byte was received.</summary>
    public bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_ready.WrittenCount > _readyRead) return ReadReady(buffer.Span);
            if (_isBody || buffer.IsEmpty) return await inner.ReadAsync(buffer, cancellationToken);
            if (_rawLength == _raw.Length) Array.Resize(ref _raw, 2 * _raw.Length);
            var read = await inner.ReadAsync(_raw.AsMemory(_rawLength), cancellationToken);
            if (read == 0 && _rawLength == 0) return 0;
            HasBegun = true;
            _rawLength += read;
            ProcessLines(isEnd: read == 0);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && !line[..colon].ContainsAnyExcept(NameBytes) && !line[colon..].ContainsAny((byte)0, (byte)'\r');
    }

    private int ReadReady(Span<byte> buffer)
    {
        var read = Math.Min(buffer.Length, _ready.WrittenCount - _readyRead);
        _ready.WrittenSpan.Slice(_readyRead, read).CopyTo(buffer);
        _readyRead += read;
        if (_readyRead == _ready.WrittenCount)
        {
            _ready.ResetWrittenCount();
            _readyRead = 0;
        }

        return read;
    }

    private void ProcessLines(bool isEnd)
    {
        var rest = _raw.AsSpan(0, _rawLength);
        while (!_isBody && rest.IndexOf((byte)'\n') is >= 0 and var end)
        {
            ProcessLine(rest[..(end + 1)]);
            rest = rest[(end + 1)..];
        }

        if (_isBody || isEnd || _headBytes + rest.Length > maxHeadBytes)
        {
            _isBody = true;
            _ready.Write(rest);
            rest = default;
        }

        rest.CopyTo(_raw);
        _rawLength = rest.Length;
    }

    private void ProcessLine(ReadOnlySpan<byte> line)
    {
        _headBytes += line.Length;
        var text = line.TrimEnd("\r\n"u8);
        if (_isFirstLine)
        {
            // After "HTTP/1.1 1xx" another head follows, except after 101, which no request here asks for.
            (_isFirstLine, _isKept, _isInterim) = (false, false, text.Length > 9 && text[9] == '1');
            _ready.Write(line);
        }
        else if (text.IsEmpty)
        {
            (_isFirstLine, _isBody) = (true, !_isInterim);
            _ready.Write(line);
        }
        else if (text[0] is (byte)' ' or (byte)'\t')
        {
            // A continuation belongs to the line before it.
            if (_isKept) _ready.Write(line);
        }
        else
        {
            _isKept = IsHeader(text);
            if (_isKept) _ready.Write(line);
        }
    }
}
