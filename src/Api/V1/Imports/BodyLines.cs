using System.Buffers;
using System.IO.Pipelines;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// Reads a body line by line, without blank lines and white space before a line. One line is in memory at a time: a short one in an array that
/// is used for all of them, a long one in memory that counts against that of all bodies and against the client's share of it.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="memory">The memory for long lines.</param>
/// <param name="deadline">The client is too slow, or gone.</param>
internal sealed class BodyLines(PipeReader body, BodyMemory memory, CancellationToken deadline) : IDisposable
{
    /// <summary>The longest line: a picture in base64 and a line without one.</summary>
    public const int MaxBytes = (RequestLimits.MaxPictureBytes / 3 * 4) + MaxPlainBytes;

    /// <summary>The longest line without a picture: 1 MiB.</summary>
    public const int MaxPlainBytes = 1 << 20;

    private const int ShortBytes = 64 * 1024;

    private readonly byte[] _short = ArrayPool<byte>.Shared.Rent(ShortBytes);
    private ClientBuffer? _long;
    private int _length;
    private bool _isTooLong;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, which is valid until the next call.</summary>
    /// <returns>The line without its line break, a failure if it is too long, or null after the last one.</returns>
    /// <exception cref="ListUnreadableException">There is no memory left for the line.</exception>
    /// <exception cref="BadHttpRequestException">The body broke off.</exception>
    /// <exception cref="OperationCanceledException">The body was too slow, or the client is gone.</exception>
    public async ValueTask<Result<Memory<byte>>?> ReadAsync()
    {
        Clear();
        while (true)
        {
            var read = await ReadBodyAsync();
            var unread = _length == 0 && !_isTooLong ? SkipBlank(read.Buffer) : read.Buffer;
            var end = unread.PositionOf((byte)'\n');
            Append(end is { } found ? unread.Slice(0, found) : unread);
            body.AdvanceTo(end is { } used ? unread.GetPosition(1, used) : unread.End);
            if (end is null && !read.IsCompleted) continue;
            if (end is null && _length == 0 && !_isTooLong) return null;
            Number++;
            return _isTooLong
                ? new Failure(FailureCode.RequestInvalid, $"it is longer than {MaxBytes} bytes, send a smaller picture or its url")
                : _long?.Content ?? _short.AsMemory(0, _length);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Clear();
        ArrayPool<byte>.Shared.Return(_short);
    }

    private async ValueTask<ReadResult> ReadBodyAsync()
    {
        // A body whose bytes are always there already would never wait, and so never see the deadline.
        deadline.ThrowIfCancellationRequested();
        try
        {
            return await body.ReadAsync(deadline);
        }
        catch (Exception e) when (MalformedBody.IsCauseOf(e))
        {
            throw MalformedBody.From(e);
        }
    }

    // All at once: a body of line breaks has millions, and a read for each takes longer than the client may.
    private ReadOnlySequence<byte> SkipBlank(in ReadOnlySequence<byte> buffer)
    {
        var reader = new SequenceReader<byte>(buffer);
        while (reader.TryPeek(out var next) && next is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t')
        {
            if (next == '\n') Number++;
            reader.Advance(1);
        }

        return reader.UnreadSequence;
    }

    private void Append(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_isTooLong || _length + bytes.Length > MaxBytes)
        {
            _isTooLong = true;
            return;
        }

        if (_long is null && _length + bytes.Length <= ShortBytes)
        {
            bytes.CopyTo(_short.AsSpan(_length));
        }
        else
        {
            _long ??= StartLong();
            if (!_long.TryAppend(bytes)) throw new ListUnreadableException(RequestLimits.ServiceBusy);
        }

        _length += (int)bytes.Length;
    }

    private ClientBuffer StartLong()
    {
        var buffer = memory.NewBuffer(MaxBytes);
        if (buffer.TryAppend(new ReadOnlySequence<byte>(_short, 0, _length))) return buffer;
        buffer.Dispose();
        throw new ListUnreadableException(RequestLimits.ServiceBusy);
    }

    private void Clear()
    {
        _long?.Dispose();
        (_long, _length, _isTooLong) = (null, 0, false);
    }
}
