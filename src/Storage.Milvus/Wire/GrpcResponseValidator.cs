using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// Rejects responses that are not complete gRPC messages. Grpc.Net.Client reports HTTP errors, broken frames and missing trailers with
/// the same status codes as failures of the server, so later code can't distinguish them. It also allocates by the announced length, not
/// by the received one.
/// </summary>
/// <param name="options">The server.</param>
/// <param name="inner">The handler that sends the requests.</param>
/// <param name="maxMessageBytes">The maximum length of a message.</param>
internal sealed class GrpcResponseValidator(MilvusOptions options, HttpMessageHandler inner, int maxMessageBytes) : DelegatingHandler(inner)
{
    // A compression flag of one byte, and the length of the message as four big-endian bytes.
    private const int HeaderBytes = 5;

    /// <exception cref="MilvusException">The response is not valid gRPC.</exception>
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
        // Trailers-Only: a server can end a call in the headers, without a body.
        if (Status(response.Headers) is > 0) return;
        if (response.StatusCode != HttpStatusCode.OK) throw MilvusFaults.From(options, response.StatusCode);
        if (response.Content.Headers.ContentType?.MediaType is not { } type
            || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw MilvusFaults.Garbled(options, "its response is not gRPC");
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(HeaderBytes + maxMessageBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw MilvusFaults.Garbled(options, $"its response is longer than {maxMessageBytes} bytes", e);
        }

        // The trailers are available after the whole body was received.
        var status = Status(response.TrailingHeaders) ?? Status(response.Headers)
            ?? throw MilvusFaults.Garbled(options, "its response has no gRPC status");
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (body.Length == 0 && status > 0) return;
        CheckFrame(body);
        // Grpc.Net.Client reads the same stream again.
        body.Position = 0;
    }

    private void CheckFrame(Stream body)
    {
        if (body.Length == 0) throw MilvusFaults.Garbled(options, "its response is empty");
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (body.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            throw MilvusFaults.Garbled(options, "its response ends within the frame header");
        }

        if (header[0] != 0) throw MilvusFaults.Garbled(options, "its response is compressed, which was not requested, or is not gRPC");
        var announced = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (announced != body.Length - HeaderBytes)
        {
            throw MilvusFaults.Garbled(options, $"its response announces {announced} bytes and has {body.Length - HeaderBytes}");
        }
    }

    private static int? Status(HttpHeaders headers) =>
        headers.NonValidated.TryGetValues("grpc-status", out var codes)
        && int.TryParse(codes.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
}
