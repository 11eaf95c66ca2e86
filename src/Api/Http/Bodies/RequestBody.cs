using System.IO.Pipelines;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Http.Bodies;

/// <summary>A request's body, outside the managed heap.</summary>
internal sealed class RequestBody(ClientBuffer buffer) : IDisposable
{
    /// <summary>The bytes, valid until it is disposed of.</summary>
    public Memory<byte> Content => buffer.Content;

    /// <summary>Reads the body to its end.</summary>
    /// <returns>Null, or <see cref="FailureCode.Busy"/> where there is no memory left for it.</returns>
    public async Task<Failure?> FillAsync(HttpRequest request, int maxBytes, BodyPace pace, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await ReadAsync(request, cancellationToken);
            var (before, bytes) = (buffer.Length, read.Buffer.Length);
            var isTooLong = before + bytes > maxBytes;
            var isAppended = !isTooLong && buffer.TryAppend(read.Buffer);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (isTooLong) throw new BadHttpRequestException("the body is too long", StatusCodes.Status413PayloadTooLarge);
            if (!isAppended) return RequestLimits.ServiceBusy;
            await pace.WaitAsync(buffer.Client, before, bytes, cancellationToken);
            if (read.IsCompleted) return null;
        }
    }

    /// <inheritdoc cref="ClientBuffer.Abandon"/>
    public void Abandon() => buffer.Abandon();

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    private static async Task<ReadResult> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (MalformedBody.IsCauseOf(e))
        {
            throw MalformedBody.From(e);
        }
    }
}
