using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// Lets only whole gRPC answers through. Grpc.Net.Client gives HTTP errors, broken frames and missing trailers the status codes that servers give
/// their own failures, so the two could not be distinguished later; and it reserves memory by the length that an answer claims, not by what came.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="inner">Sends the requests.</param>
/// <param name="maxMessageBytes">The longest message that is taken.</param>
internal sealed class GrpcResponseValidator(MilvusOptions options, HttpMessageHandler inner, int maxMessageBytes) : DelegatingHandler(inner)
{
    // One byte that says whether the message is compressed, and its length as four bytes, most significant first.
    private const int HeaderBytes = 5;

    /// <exception cref="MilvusException">It is not an answer of a gRPC server.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckAsync(response, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task CheckAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // A server may end a call in the headers, without a body.
        if (Status(response.Headers) is > 0) return;
        if (response.StatusCode != HttpStatusCode.OK) throw MilvusFaults.From(options, response.StatusCode);
        if (response.Content.Headers.ContentType?.MediaType is not { } type
            || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw MilvusFaults.Garbled(options, "its answer is no gRPC");
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(HeaderBytes + maxMessageBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw MilvusFaults.Garbled(options, $"its answer has more than the {maxMessageBytes} bytes allowed", e);
        }

        // The trailers came with the body's end.
        var status = Status(response.TrailingHeaders) ?? Status(response.Headers)
            ?? throw MilvusFaults.Garbled(options, "its answer ends without a status");
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (body.Length == 0 && status > 0) return;
        CheckFrame(body);
        // Grpc.Net.Client reads this same stream.
        body.Position = 0;
    }

    private void CheckFrame(Stream body)
    {
        if (body.Length == 0) throw MilvusFaults.Garbled(options, "its answer is empty");
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (body.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            throw MilvusFaults.Garbled(options, "its answer ends within the first five bytes");
        }

        if (header[0] != 0) throw MilvusFaults.Garbled(options, "its answer is compressed, which was not asked for, or no gRPC");
        var claimed = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (claimed != body.Length - HeaderBytes)
        {
            throw MilvusFaults.Garbled(options, $"its answer claims {claimed} bytes and has {body.Length - HeaderBytes}");
        }
    }

    private static int? Status(HttpHeaders headers) =>
        headers.NonValidated.TryGetValues("grpc-status", out var codes)
        && int.TryParse(codes.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
}
