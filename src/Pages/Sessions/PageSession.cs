using ImageSearch.Client;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Sessions;

/// <summary>Who looks at the pages, and in which language.</summary>
/// <param name="Client">Calls the service as the session.</param>
/// <param name="Access">What the session may do.</param>
/// <param name="Language">The language.</param>
/// <param name="TimeZone">The browser's time zone.</param>
/// <param name="HasLogin">Whether the service has a TOKEN, so that the session can end.</param>
public sealed record PageSession(ImageSearchClient Client, PageAccess Access, Language Language, TimeZoneInfo TimeZone, bool HasLogin)
{
    /// <summary>A text in the session's language.</summary>
    public string Say(Text text, params object?[] values) => text.In(Language, values);
}
