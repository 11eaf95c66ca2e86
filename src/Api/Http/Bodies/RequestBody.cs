using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using ImageSearch.Api.Limits;
using ImageSearch.Memory;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>A request's body, outside the managed heap.</summary>
internal sealed class RequestBody(PictureBuffer buffer, AddressShares shares, IPAddress client, bool keepsAfterFault) : IDisposable
{
    private long _counted;
    private bool _isDisposed;

    /// <summary>The bytes, until it is disposed of.</summary>
    public Memory<byte> Content => buffer.Content;

    /// <summary>Reads the body to its end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longest">The most bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task FillAsync(HttpRequest request, int longest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(request, cancellationToken);
            var come = read.Buffer.Length;
            var fits = buffer.Length + come <= longest;
            var hasRoom = fits && TryAppend(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!fits) throw new BadHttpRequestException("the body is too long", StatusCodes.Status413PayloadTooLarge);
            if (!hasRoom) throw new BusyException(BusyException.ServiceBusy);
            if (read.IsCompleted) return;
        }
    }

    /// <summary>
    /// The call has ended in a fault. Where it went to another process a message may still hold the bytes: then they are left to the collector.
    /// </summary>
    public void EndAfterFault()
    {
        if (!keepsAfterFault) Dispose();
        else GiveShareBack();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        ((IDisposable)buffer).Dispose();
        GiveShareBack();
    }

    // Kestrel reports a chunk's length that is no number by other exceptions than what else is wrong with a body.
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

    private bool TryAppend(in ReadOnlySequence<byte> come)
    {
        if (come.IsEmpty) return true;
        if (!shares.TryTake(client, come.Length)) return false;
        _counted += come.Length;
        return buffer.TryAppend(come);
    }

    private void GiveShareBack()
    {
        if (_counted > 0) shares.Return(client, _counted);
        _counted = 0;
    }
}
