using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching.Guards;

/// <summary>
/// One connection for one GET. It dials only the addresses that were checked and resolves no name. It is not reused: some hosts serve one
/// request per connection without announcing it, and would lose the second.
/// </summary>
internal sealed class GuardedConnection : IDisposable
{
    private readonly PictureFetchOptions _options;
    private readonly IDialer _dialer;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IPAddress> _addresses;
    private readonly HttpMessageInvoker _client;
    private TolerantHeadStream? _stream;
    private int _dials;

    /// <summary>Prepares a connection to one of these addresses; the request opens it.</summary>
    public GuardedConnection(PictureFetchOptions options, IDialer dialer, TimeProvider time, IReadOnlyList<IPAddress> addresses)
    {
        (_options, _dialer, _time, _addresses) = (options, dialer, time, addresses);
        _client = new HttpMessageInvoker(Handler());
    }

    /// <summary>Creates a GET request.</summary>
    /// <remarks>HTTP/1.1 exactly: HTTP/3 would resolve the name and connect itself, bypassing <see cref="ConnectAsync"/>.</remarks>
    public static HttpRequestMessage Request(Uri uri) => new(HttpMethod.Get, uri)
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Sends a request and reads the head of the response.</summary>
    /// <exception cref="HttpRequestException">There is no response, or it is not HTTP.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, cancellationToken);

    /// <summary>
    /// Whether the connection was dropped before the first byte of a response, so that the request can be sent on another connection.
    /// </summary>
    public bool IsDropped(HttpRequestException error) => error.HttpRequestError == HttpRequestError.SecureConnectionError
        ? error.InnerException is IOException
        : _dials > 0 && _stream is { HasBegun: false };

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>The handler that sends the request.</summary>
    internal SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = ConnectAsync,
        PlaintextStreamFilter = FilterAsync,
        ConnectTimeout = _options.TimeLimit,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = _options.MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.Zero,

        // Cookies and addresses with bytes beyond ASCII are sent back unchanged.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        SslOptions = new SslClientAuthenticationOptions
        {
            // A certificate contains URLs of its issuer's certificate and of revocation lists. The client chooses the host and so controls
            // them too.
            CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    private ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        _stream = new TolerantHeadStream(context.PlaintextStream, _options.MaxHeaderKilobytes * 1024);
        return ValueTask.FromResult<Stream>(_stream);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // The handler retries by itself; those attempts would not be counted.
        if (Interlocked.Increment(ref _dials) > 1) throw new IOException("the connection was already used");

        for (var i = 0; ; i++)
        {
            var isLast = i == _addresses.Count - 1;
            using var timeout = isLast ? new CancellationTokenSource() : new CancellationTokenSource(_options.DialLimit, _time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                return await _dialer.DialAsync(_addresses[i], context.DnsEndPoint.Port, linked.Token);
            }
            catch (Exception error) when (!isLast && !cancellationToken.IsCancellationRequested
                && error is SocketException or OperationCanceledException)
            {
                // Try the host's next address.
            }
        }
    }
}
