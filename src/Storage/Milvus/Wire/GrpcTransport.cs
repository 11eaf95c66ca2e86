using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ImageSearch.Storage;

/// <summary>Unary gRPC calls over HTTP/2, with TLS or without. It neither tries again nor limits the time: <see cref="MilvusFunnel"/> does.</summary>
internal sealed class GrpcTransport : IDisposable
{
    private readonly MilvusOptions _options;
    private readonly HttpClient _http;
    private readonly string? _authorization;

    public GrpcTransport(MilvusOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1 << 20,
            // A connection whose other end vanished is noticed and replaced. Milvus ends connections that are pinged more than once in 5 s.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            KeepAlivePingDelay = TimeSpan.FromSeconds(6),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
            // So that a name that leads elsewhere is noticed.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (options.Tls) handler.SslOptions = TlsOptions(options);
        var host = Uri.CheckHostName(options.Host) == UriHostNameType.IPv6 ? $"[{options.Host.Trim('[', ']')}]" : options.Host;
        _http = new HttpClient(handler)
        {
            BaseAddress = new Uri(string.Create(
                CultureInfo.InvariantCulture, $"{(options.Tls ? "https" : "http")}://{host}:{options.Port}/milvus.proto.milvus.MilvusService/")),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        _authorization = options switch
        {
            { Token.Length: > 0 } => Base64(options.Token),
            { User.Length: > 0 } => Base64($"{options.User}:{options.Password}"),
            _ => null,
        };
    }

    /// <summary>Sends a frame and gives the answer's message.</summary>
    /// <param name="method">The call's name.</param>
    /// <param name="frame">The request.</param>
    /// <param name="timeout">How long the server may work on it.</param>
    /// <param name="cancellationToken">Ends the call, also on the server.</param>
    /// <exception cref="HttpRequestException">The connection could not be made or broke.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="MilvusException">The server answered something else than a message.</exception>
    public async Task<ReadOnlyMemory<byte>> CallAsync(
        string method, ReadOnlyMemory<byte> frame, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        var milliseconds = Math.Max(1, (long)timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("grpc-timeout", milliseconds + "m");
        if (_authorization is not null) request.Headers.TryAddWithoutValidation("authorization", _authorization);
        if (_options.Database.Length > 0) request.Headers.TryAddWithoutValidation("dbname", _options.Database);

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        CheckHead(response);
        ReadOnlyMemory<byte>? message;
        try
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                message = await GrpcFrame.ReadAsync(body, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException e)
        {
            throw MilvusFaults.Garbled(_options, e.Message, e);
        }

        var status = GrpcStatus.From(response.TrailingHeaders) ?? GrpcStatus.From(response.Headers)
            ?? throw MilvusFaults.Garbled(_options, "its answer ends without a status");
        if (status.Code != GrpcStatus.Ok) throw MilvusFaults.From(_options, status);
        return message ?? throw MilvusFaults.Garbled(_options, "its answer is empty");
    }

    public void Dispose() => _http.Dispose();

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static SslClientAuthenticationOptions TlsOptions(MilvusOptions options)
    {
        var tls = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.TlsCaFile is { } file)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        }

        return tls;
    }

    private void CheckHead(HttpResponseMessage response)
    {
        if (GrpcStatus.From(response.Headers) is { Code: not GrpcStatus.Ok } status) throw MilvusFaults.From(_options, status);
        if (response.StatusCode != HttpStatusCode.OK) throw MilvusFaults.From(_options, response.StatusCode);
        if (response.Content.Headers.ContentType?.MediaType is not { } type
            || !type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase))
        {
            throw MilvusFaults.Garbled(_options, "its answer is no gRPC");
        }
    }
}
