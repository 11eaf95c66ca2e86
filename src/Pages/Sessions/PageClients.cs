using System.Net.Http.Headers;
using System.Net.Security;
using ImageSearch.Client;
using ImageSearch.Client.Keys;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Hosting;

namespace ImageSearch.Pages.Sessions;

/// <summary>Clients of the service's own <c>/v1</c>: the pages may do what the browser's TOKEN or key may do there, and nothing else.</summary>
internal sealed class PageClients(PagesOptions options, OwnCalls calls) : IDisposable
{
    // A call of a page is not repeated for minutes while its user waits.
    private static readonly ImageSearchClientOptions ClientOptions = new() { MaxRetries = 1, Timeout = TimeSpan.FromMinutes(2), Application = "ImageSearch.Pages" };

    private readonly SocketsHttpHandler _connections = NewConnections();

    /// <summary>The client of a session.</summary>
    /// <param name="session">Who calls.</param>
    public ImageSearchClient Of(BrowserSession session) => new(NewHttpClient(session), ClientOptions with { Token = session.Secret });

    /// <summary>Gets what the client of <c>/v1</c> has no call for, such as a file that the pages pass on to a browser.</summary>
    /// <param name="session">Who calls.</param>
    /// <param name="path">The path, without a slash before it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="more">Adds headers; null for none.</param>
    /// <returns>The answer, whose body is not read yet.</returns>
    public async Task<HttpResponseMessage> GetAsync(
        BrowserSession session, string path, CancellationToken cancellationToken, Action<HttpRequestHeaders>? more = null)
    {
        // Its end ends no body that is still to be read.
        using var connections = new HttpMessageInvoker(_connections, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Service(), path));
        calls.Add(request.Headers, session.Address);
        more?.Invoke(request.Headers);
        if (session.Secret is { } secret) request.Headers.TryAddWithoutValidation("token", secret);
        return await connections.SendAsync(request, cancellationToken);
    }

    /// <summary>What a session may do.</summary>
    public async Task<PageAccess> AccessOfAsync(BrowserSession session, CancellationToken cancellationToken)
    {
        if (session.Secret is null) return PageAccess.Master;
        try
        {
            var key = await Of(session).Keys.GetSelfAsync(cancellationToken);
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
    public void Dispose() => _connections.Dispose();

    // All share the connections, which stay when one is disposed.
    private HttpClient NewHttpClient(BrowserSession session)
    {
        var http = new HttpClient(_connections, disposeHandler: false) { BaseAddress = options.Service(), Timeout = Timeout.InfiniteTimeSpan };
        calls.Add(http.DefaultRequestHeaders, session.Address);
        return http;
    }

    private static SocketsHttpHandler NewConnections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
#pragma warning disable CA5359 // The process calls itself at an address of its own, and its certificate names the one that others use.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    };
}
