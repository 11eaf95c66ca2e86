using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A body as a stream whose reads end at a deadline.</summary>
/// <param name="body">The request's body.</param>
/// <param name="deadline">The client is too slow, or gone.</param>
internal sealed class TimedBody(Stream body, CancellationToken deadline) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A body whose bytes are always there already would never wait, and so never see the deadline.
        deadline.ThrowIfCancellationRequested();
        try
        {
            return await body.ReadAsync(buffer, deadline);
        }
        catch (Exception e) when (MalformedBody.IsCauseOf(e))
        {
            throw MalformedBody.From(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
