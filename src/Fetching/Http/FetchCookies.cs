using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// The cookies of one fetch: some hosts set one, redirect and expect it back. Each host gets only its own cookies, even if it set them for
/// a whole domain. Nothing is kept after the fetch.
/// </summary>
internal sealed class FetchCookies
{
    private const int MaxCookies = 20;
    private const int MaxCookieCharacters = 4096;

    private readonly Dictionary<string, CookieContainer> _byHost = [];

    /// <summary>Stores the cookies of a response; malformed cookies are ignored.</summary>
    public void Store(FetchTarget from, HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines)) return;
        if (!_byHost.TryGetValue(from.Host.Name, out var cookies))
            _byHost[from.Host.Name] = cookies = new CookieContainer(MaxCookies, MaxCookies, MaxCookieCharacters);
        foreach (var line in lines)
        {
            try
            {
                cookies.SetCookies(from.Uri, line);
            }
            catch (CookieException)
            {
                // Ignored, as in browsers.
            }
        }
    }

    /// <summary>The Cookie header for a request; null if there are no cookies for it.</summary>
    public string? For(FetchTarget target) =>
        _byHost.TryGetValue(target.Host.Name, out var cookies) && cookies.GetCookieHeader(target.Uri) is { Length: > 0 } header ? header : null;
}
