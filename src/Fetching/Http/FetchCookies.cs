using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// The cookies of one fetch: hosts that set one and redirect expect it back. Each host gets its own alone, also where it set one for its
/// whole domain, and all end with the fetch.
/// </summary>
internal sealed class FetchCookies
{
    private const int MaxCookies = 20;
    private const int MaxCookieCharacters = 4096;

    private readonly Dictionary<string, CookieContainer> _byHost = [];

    /// <summary>Takes an answer's cookies; those that are malformed are passed over.</summary>
    public void Take(FetchTarget from, HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Set-Cookie", out var lines)) return;
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
                // As browsers do.
            }
        }
    }

    /// <summary>The header for a request; null where the host has set none for it.</summary>
    public string? For(FetchTarget target) =>
        _byHost.TryGetValue(target.Host.Name, out var cookies) && cookies.GetCookieHeader(target.Uri) is { Length: > 0 } header ? header : null;
}
