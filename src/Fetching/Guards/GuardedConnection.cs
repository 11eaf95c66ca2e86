using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching.Guards;

/// <summary>
/// One connection for one GET. It knows no names: it is given the addresses that were judged, and only those are dialled. No connection
/// is used twice: hosts that serve one request a connection do not all say so, and a second request on theirs is lost.
/// </summary>
internal sealed class GuardedConnection : IDisposable
{
    private readonly PictureFetchOptions _options;
    private readonly IDialer _dialer;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IPAddress> _addresses;
    private readonly HttpMessageInvoker _client;
    private TolerantHead? _stream;
    private int _dials;

    /// <summary>A connection to one of these addresses, made by the request.</summary>
    public GuardedConnection(PictureFetchOptions options, IDialer dialer, TimeProvider time, IReadOnlyList<IPAddress> addresses)
    {
        (_options, _dialer, _time, _addresses) = (options, dialer, time, addresses);
        _client = new HttpMessageInvoker(Handler());
    }

    /// <summary>A GET.</summary>
    /// <remarks>HTTP/1.1 exactly: HTTP/3 would resolve the name and connect on its own, past <see cref="ConnectAsync"/>.</remarks>
    public static HttpRequestMessage Request(Uri uri) => new(HttpMethod.Get, uri)
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Sends a request and reads the answer's head.</summary>
    /// <exception cref="HttpRequestException">There is no answer, or none in HTTP.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _client.SendAsync(request, cancellationToken);

    /// <summary>Whether a connection that was made has ended without a byte of an answer, so that the request may be sent on another.</summary>
    public bool IsCut(HttpRequestException error) => error.HttpRequestError == HttpRequestError.SecureConnectionError
        ? error.InnerException is IOException
        : _dials > 0 && _stream is { HasBegun: false };

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>The handler that it sends through.</summary>
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

        // Bytes beyond ASCII go back as they came, in cookies and addresses.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        SslOptions = new SslClientAuthenticationOptions
        {
            // A certificate names addresses of its issuer's certificate and of revocation lists: they are the client's choice too.
            CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    private ValueTask<Stream> FilterAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        _stream = new TolerantHead(context.PlaintextStream, _options.MaxHeaderKilobytes * 1024);
        return ValueTask.FromResult<Stream>(_stream);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        // The handler has retries of its own, which would not be counted.
        if (Interlocked.Increment(ref _dials) > 1) throw new IOException("the connection was used up");

        for (var i = 0; ; i++)
        {
            var isLast = i == _addresses.Count - 1;
            using var limit = isLast ? new CancellationTokenSource() : new CancellationTokenSource(_options.DialLimit, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await _dialer.DialAsync(_addresses[i], context.DnsEndPoint.Port, either.Token);
            }
            catch (Exception error) when (!isLast && !cancellationToken.IsCancellationRequested
                && error is SocketException or OperationCanceledException)
            {
                // The host's next address may answer.
            }
        }
    }
}
