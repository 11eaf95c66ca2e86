using System.Buffers;
using System.Net;

namespace ImageSearch.Client.Http;

/// <summary>Sends an upload part by part, without a copy of it in memory.</summary>
internal sealed class UploadContent(Upload upload, CallBody body) : HttpContent
{
    private const int BytesPerPart = 64 * 1024;

    private readonly Stream _stream = upload.Open();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BytesPerPart);
        try
        {
            while (await body.FromSourceAsync(_stream.ReadAsync(buffer, cancellationToken)).ConfigureAwait(false) is > 0 and var count)
            {
                body.Advance();
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _stream.CanSeek ? _stream.Length - _stream.Position : 0;
        return _stream.CanSeek;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && upload.IsOwned) _stream.Dispose();
        base.Dispose(disposing);
    }
}
