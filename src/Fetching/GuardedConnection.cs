using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ImageSearch.Fetching;

/// <summary>
/// The HTTP handler of fetching. It knows no names: a request brings the addresses that were judged, and only those are dialled.
/// A pooled connection is used again only for the same scheme, host and port, and its address was judged when it was dialled.
/// </summary>
internal sealed class GuardedConnection(PictureFetchOptions options, IDialer dialer, TimeProvider time)
{
    private static readonly HttpRequestOptionsKey<IReadOnlyList<IPAddress>> Addresses = new("judged addresses");

    /// <summary>A request that may go to these addresses and no others.</summary>
    /// <remarks>HTTP/1.1 exactly: HTTP/3 would resolve the name and connect on its own, past <see cref="ConnectAsync"/>.</remarks>
    public static HttpRequestMessage Request(Uri uri, IReadOnlyList<IPAddress> addresses)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Options.Set(Addresses, addresses);
        return request;
    }

    /// <summary>The handler, which the caller disposes of.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = ConnectAsync,
        ConnectTimeout = options.TimeLimit,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = options.MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
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

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (!context.InitialRequestMessage.Options.TryGetValue(Addresses, out var addresses))
            throw new InvalidOperationException("a request without judged addresses must not be sent");

        for (var i = 0; ; i++)
        {
            var isLast = i == addresses.Count - 1;
            using var limit = isLast ? new CancellationTokenSource() : new CancellationTokenSource(options.DialLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await dialer.DialAsync(addresses[i], context.DnsEndPoint.Port, either.Token);
            }
            catch (Exception error) when (!isLast && !cancellationToken.IsCancellationRequested
                && error is SocketException or OperationCanceledException)
            {
                // The host's next address may answer.
            }
        }
    }
}
