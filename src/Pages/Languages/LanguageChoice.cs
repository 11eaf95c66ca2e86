using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Languages;

/// <summary>The language of a browser: what its user chose, or else what the browser asks for.</summary>
internal static class LanguageChoice
{
    /// <summary>The cookie with the choice.</summary>
    public const string Cookie = "imagesearch_language";

    // A browser sends a few; more are not looked at. The parser's time grows with the square of the length.
    private const int MaxAccepted = 16;
    private const int MaxHeader = 1024;

    /// <summary>The language of a request.</summary>
    public static Language Of(HttpRequest request) =>
        LanguageTag.Parse(request.Cookies[Cookie])
        ?? Accepted(request)
        ?? Language.English;

    private static Language? Accepted(HttpRequest request)
    {
        if (request.Headers.AcceptLanguage.ToString().Length > MaxHeader) return null;
        return request.GetTypedHeaders().AcceptLanguage.Take(MaxAccepted)
            .OrderByDescending(language => language.Quality ?? 1)
            .Select(language => LanguageTag.Parse(language.Value.Value))
            .FirstOrDefault(language => language is not null);
    }

    /// <summary>Keeps a choice for a year.</summary>
    public static void Keep(HttpResponse response, Language language) => response.Cookies.Append(
        Cookie,
        LanguageTag.Of(language),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
}
