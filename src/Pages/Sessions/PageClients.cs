using System.Net.Security;
using ImageSearch.Client;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Hosting;

namespace ImageSearch.Pages.Sessions;

/// <summary>Clients of the service's own <c>/v1</c>: the pages may do what the browser's TOKEN or key may do there, and nothing else.</summary>
internal sealed class PageClients(PagesOptions options) : IDisposable
{
    // A call of a page is not repeated for minutes while its user waits.
    private static readonly ImageSearchClientOptions ClientOptions = new() { MaxRetries = 1, Timeout = TimeSpan.FromMinutes(2), Application = "ImageSearch.Pages" };

    private readonly Lazy<HttpClient> _http = new(() => NewHttpClient(options.Service()));

    /// <summary>The client of a session.</summary>
    /// <param name="secret">TOKEN or a key; null in a service that needs none.</param>
    public ImageSearchClient Of(string? secret) => new(_http.Value, ClientOptions with { Token = secret });

    /// <summary>Gets what the client of <c>/v1</c> has no call for, such as a file that the pages pass on to a browser.</summary>
    /// <param name="secret">TOKEN or a key; null in a service that needs none.</param>
    /// <param name="path">The path, without a slash before it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="accept">The wanted type; null for any.</param>
    /// <returns>The answer, whose body is not read yet.</returns>
    public async Task<HttpResponseMessage> GetAsync(string? secret, string path, CancellationToken cancellationToken, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (secret is not null) request.Headers.TryAddWithoutValidation("token", secret);
        return await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>What a secret may do.</summary>
    public async Task<PageAccess> AccessOfAsync(string? secret, CancellationToken cancellationToken)
    {
        if (secret is null) return PageAccess.Master;
        try
        {
            var key = await Of(secret).Keys.GetSelfAsync(cancellationToken);
            return new PageAccess(false, key.Scopes.Contains(KeyScope.Read), key.Scopes.Contains(KeyScope.Write), key.Scopes.Contains(KeyScope.Admin));
        }
        catch (ProblemException e) when (e.Code is ProblemCode.KeyNotFound or ProblemCode.TokenNotSet)
        {
            return PageAccess.Master; // TOKEN is no key.
        }
        catch (ImageSearchException)
        {
            return PageAccess.None; // Each page says what the service answers.
        }
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
