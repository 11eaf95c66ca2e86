using System.Net.Security;
using System.Text.Json;
using ImageSearch.Client;
using ImageSearch.Pages.Hosting;

namespace ImageSearch.Pages.Sessions;

/// <summary>Clients of the service's own <c>/v1</c>: the pages may do what the browser's TOKEN or key may do there, and nothing else.</summary>
internal sealed class PageClients(PagesOptions options) : IDisposable
{
    // A call of a page is not repeated for minutes while its user waits.
    private static readonly ImageSearchClientOptions ClientOptions = new() { MaxRetries = 1, Timeout = TimeSpan.FromMinutes(2), Application = "ImageSearch.Pages" };

    private readonly Lazy<HttpClient> _http = new(() => NewHttpClient(options.Service()));

    /// <summary>Connections to the service.</summary>
    public HttpClient Http => _http.Value;

    /// <summary>The client of a session.</summary>
    /// <param name="secret">TOKEN or a key; null in a service that needs none.</param>
    public ImageSearchClient Of(string? secret) => new(Http, ClientOptions with { Token = secret });

    /// <summary>What a secret may do.</summary>
    public async Task<PageAccess> AccessOfAsync(string? secret, CancellationToken cancellationToken)
    {
        if (secret is null) return PageAccess.Master;
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/keys/self");
        request.Headers.TryAddWithoutValidation("token", secret);
        using var answer = await Http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode) return PageAccess.Master; // TOKEN is no key.
        using var key = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        var scopes = key.RootElement.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ToHashSet();
        return new PageAccess(false, scopes.Contains("read"), scopes.Contains("write"), scopes.Contains("admin"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }

    private static HttpClient NewHttpClient(Uri service) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
#pragma warning disable CA5359 // The process calls itself at an address of its own, and its certificate names the one that others use.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        })
    {
        BaseAddress = service,
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
