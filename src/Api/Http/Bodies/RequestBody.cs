using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>A request's body, outside the managed heap.</summary>
internal sealed class RequestBody(PictureBuffer buffer, AddressShares shares, IPAddress client) : IDisposable
{
    private long _counted;
    private bool _isDisposed;

    /// <summary>The bytes, valid until it is disposed of.</summary>
    public Memory<byte> Content => buffer.Content;

    /// <summary>Reads the body to its end.</summary>
    /// <returns>Null, or <see cref="FailureCode.Busy"/> where there is no memory left for it.</returns>
    public async Task<Failure?> FillAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(request, cancellationToken);
            var isTooLong = buffer.Length + read.Buffer.Length > maxBytes;
            var isAppended = !isTooLong && TryAppend(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (isTooLong) throw new BadHttpRequestException("the body is too long", StatusCodes.Status413PayloadTooLarge);
            if (!isAppended) return RequestLimits.ServiceBusy;
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Leaves the bytes to the garbage collector, because a message to another process may still hold them.</summary>
    public void Abandon()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        buffer.Abandon();
        ReturnShare();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        ((IDisposable)buffer).Dispose();
        ReturnShare();
    }

    // Kestrel throws these for an invalid chunk length, and BadHttpRequestException for any other malformed body.
    private static async Task<ReadResult> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException or OverflowException)
        {
            throw new BadHttpRequestException("the body is malformed or broke off", StatusCodes.Status400BadRequest, e);
        }
    }

    private bool TryAppend(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsEmpty) return true;
        if (!shares.TryTake(client, bytes.Length)) return false;
        _counted += bytes.Length;
        return buffer.TryAppend(bytes);
    }

    private void ReturnShare()
    {
        if (_counted > 0) shares.Return(client, _counted);
        _counted = 0;
    }
}
