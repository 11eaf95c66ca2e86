using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>
/// The gRPC channel to the server, with or without TLS. It has no service config, so it never retries: <see cref="MilvusCallPipeline"/>
/// does.
/// </summary>
internal sealed class MilvusChannel : IDisposable
{
    // Twice the size of 16,384 rows with vectors of 2,048 values.
    private const int MaxResponseBytes = 256 << 20;

    // The pipeline cancels a call at its deadline, with a message that contains the timeout. The channel's own timer must not fire first.
    private static readonly TimeSpan DeadlineGrace = TimeSpan.FromMilliseconds(500);

    private readonly GrpcChannel _channel;
    private readonly Metadata _headers = [];

    /// <summary>Creates a channel. It connects with the first call.</summary>
    public MilvusChannel(MilvusOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1 << 20,
            // Detects dead connections. Milvus closes connections that are pinged more than once in 5 s.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            KeepAlivePingDelay = TimeSpan.FromSeconds(6),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
            // Picks up DNS changes.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
        if (options.Tls) handler.SslOptions = TlsOptions(options);
        var host = Uri.CheckHostName(options.Host) == UriHostNameType.IPv6 ? $"[{options.Host.Trim('[', ']')}]" : options.Host;
        var address = string.Create(CultureInfo.InvariantCulture, $"{(options.Tls ? "https" : "http")}://{host}:{options.Port}");
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new GrpcResponseValidator(options, handler, MaxResponseBytes),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxResponseBytes,
            // The server has its own limit, and batches are far below 1 GiB.
            MaxSendMessageSize = null,
            // Requests uncompressed responses.
            CompressionProviders = [],
        });
        Service = new MilvusService.MilvusServiceClient(_channel);
        if (Credentials(options) is { } credentials) _headers.Add("authorization", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        if (options.Database.Length > 0) _headers.Add("dbname", options.Database);
    }

    /// <summary>The generated client.</summary>
    public MilvusService.MilvusServiceClient Service { get; }

    /// <summary>The gRPC options of one call.</summary>
    /// <param name="timeout">The time limit of the call.</param>
    /// <param name="cancellationToken">Cancels the call, also on the server.</param>
    public CallOptions CallOptions(TimeSpan timeout, CancellationToken cancellationToken) =>
        new(_headers, TimeProvider.System.GetUtcNow().UtcDateTime + timeout + DeadlineGrace, cancellationToken);

    public void Dispose() => _channel.Dispose();

    private static string? Credentials(MilvusOptions options) => options switch
    {
        { Token.Length: > 0 } => options.Token,
        { User.Length: > 0 } => $"{options.User}:{options.Password}",
        _ => null,
    };

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
}
