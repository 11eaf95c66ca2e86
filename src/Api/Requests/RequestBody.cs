using System.Buffers;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Requests;

/// <summary>A request's body in pooled memory, given back when disposed.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] _buffer;

    private RequestBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        Content = buffer.AsMemory(0, length);
    }

    public Memory<byte> Content { get; private set; }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="BadHttpRequestException">The body is over the server's limit (413), or it broke off.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var announced = Math.Min(request.ContentLength ?? 16 * 1024, RequestLimits.MaxBodyBytes);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(announced, 1));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(cancellationToken);
                buffer = Append(buffer, ref length, read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return new RequestBody(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Content = default;
    }

    private static byte[] Append(byte[] buffer, ref int length, ReadOnlySequence<byte> more)
    {
        var needed = length + (int)more.Length;
        if (needed > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, buffer.Length * 2));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        more.CopyTo(buffer.AsSpan(length));
        length = needed;
        return buffer;
    }
}
