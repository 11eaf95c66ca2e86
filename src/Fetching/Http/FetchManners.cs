using System.Text;

namespace ImageSearch.Fetching.Http;

/// <summary>
/// How requests for pictures look. Hosts turn away what names no types or languages, or no page that it comes from; what is sent is true
/// all the same.
/// </summary>
/// <param name="UserAgent">Setting FETCH_USER_AGENT.</param>
/// <param name="Referer">Setting FETCH_REFERER: a URL, <see cref="Origin"/>, or null for none.</param>
public sealed record FetchManners(string UserAgent, string? Referer)
{
    /// <summary>The Referer that stands for the root of the fetched URL's own host.</summary>
    public const string Origin = "origin";

    private const int MaxUserAgent = 512;
    private const int MaxReferer = 2048;

    /// <summary>Those without a setting.</summary>
    public static FetchManners Default { get; } =
        new($"Mozilla/5.0 (compatible; ImageSearch/{typeof(FetchManners).Assembly.GetName().Version?.ToString(3)})", Referer: null);

    /// <summary>What is wrong with the values. No sentence repeats them: they go to a terminal.</summary>
    public IEnumerable<string> Problems()
    {
        if (UserAgent.Length is 0 or > MaxUserAgent || !IsVisible(UserAgent))
            yield return $"FETCH_USER_AGENT must be 1 to {MaxUserAgent} visible ASCII characters";
        if (Referer is { } referer && referer != Origin && !IsUrl(referer))
            yield return $"FETCH_REFERER must be '{Origin}' or a complete http or https URL of at most {MaxReferer} visible ASCII characters without user name";
    }

    /// <summary>Gives a request its headers.</summary>
    public void Apply(HttpRequestMessage request, string? cookies)
    {
        // Values of the operator's may break the grammar, as browsers' do.
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
