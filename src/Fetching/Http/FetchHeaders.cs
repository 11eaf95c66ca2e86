using System.Text;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// The headers of requests for pictures. Some hosts reject requests without accepted types, languages or a referring page. The headers do
/// not impersonate a browser.
/// </summary>
/// <param name="UserAgent">Setting FETCH_USER_AGENT.</param>
/// <param name="Referer">Setting FETCH_REFERER: a URL, <see cref="Origin"/>, or null for none.</param>
public sealed record FetchHeaders(string UserAgent, string? Referer)
{
    /// <summary>The value of <see cref="Referer"/> that means the root of the host that is fetched from.</summary>
    public const string Origin = "origin";

    private const int MaxUserAgent = 512;
    private const int MaxReferer = 2048;

    /// <summary>The headers if no setting is given: the service names itself and sends no Referer.</summary>
    public static FetchHeaders Default { get; } =
        new($"Mozilla/5.0 (compatible; ImageSearch/{typeof(FetchHeaders).Assembly.GetName().Version?.ToString(3)})", Referer: null);

    /// <summary>
    /// The errors in the values, one sentence each; empty if there are none. The values are not repeated, because they may contain control
    /// characters or secrets.
    /// </summary>
    public IEnumerable<string> Problems()
    {
        if (UserAgent.Length is 0 or > MaxUserAgent || !IsVisible(UserAgent))
            yield return $"FETCH_USER_AGENT must be 1 to {MaxUserAgent} visible ASCII characters";
        if (Referer is { } referer && referer != Origin && !IsUrl(referer))
            yield return $"FETCH_REFERER must be '{Origin}' or a complete http or https URL of at most {MaxReferer} visible ASCII characters without user name";
    }

    /// <summary>Adds the headers to a request.</summary>
    internal void Apply(HttpRequestMessage request, string? cookies)
    {
        // Not validated: the User-Agent of browsers violates the grammar too.
        Add(request, "User-Agent", UserAgent);
        Add(request, "Accept", "image/*,*/*;q=0.8");
        Add(request, "Accept-Language", "en,zh;q=0.9,*;q=0.8");
        Add(request, "Accept-Encoding", "identity");
        Add(request, "Referer", Referer == Origin ? request.RequestUri!.GetLeftPart(UriPartial.Authority) + "/" : Referer);
        Add(request, "Cookie", cookies);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
    }

    private static bool IsVisible(string text) => Ascii.IsValid(text) && !text.Any(char.IsControl);

    private static bool IsUrl(string text) =>
        text.Length <= MaxReferer && IsVisible(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
