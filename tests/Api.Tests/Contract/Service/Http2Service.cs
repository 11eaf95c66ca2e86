using System.Globalization;
using System.Net;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>The service with an address for HTTP/2 without TLS.</summary>
public sealed class Http2Service : RunningService
{
    private readonly Uri _http2 = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServiceProcess.FreePort()}"));

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["H2C_URLS"] = _http2.ToString() };

    /// <summary>A client that speaks one version of HTTP only, without negotiating it.</summary>
    public HttpClient ClientOf(Version version, bool atHttp2Address = true) =>
        new(new OneVersion(version)) { BaseAddress = atHttp2Address ? _http2 : Process.Address };

    /// <summary>A client of batches: HTTP/2 with prior knowledge, on one connection.</summary>
    public HttpClient BatchClient() => ClientOf(HttpVersion.Version20);

    // A client's default version does not apply to messages that tests make themselves.
    private sealed class OneVersion(Version version) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
