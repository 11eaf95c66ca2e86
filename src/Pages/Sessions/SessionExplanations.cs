using System.Globalization;
using ImageSearch.Client;
using ImageSearch.Pages.Languages;

namespace ImageSearch.Pages.Sessions;

/// <summary>What a session is told in its language.</summary>
public static class SessionExplanations
{
    private const string EnglishDate = "d MMM yyyy, HH:mm";
    private const string ChineseDate = "yyyy'年'M'月'd'日' HH:mm";

    /// <summary>A date in the browser's time zone; empty for none.</summary>
    public static string Date(this PageSession session, DateTimeOffset? date)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (date is not { } moment) return "";
        var local = TimeZoneInfo.ConvertTime(moment, session.TimeZone);
        return local.ToString(session.Language == Language.Chinese ? ChineseDate : EnglishDate, CultureInfo.InvariantCulture);
    }

    /// <summary>Why a call failed.</summary>
    public static string Explain(this PageSession session, ImageSearchException failure)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(failure);
        return failure is ProblemException { Problem.Detail: { Length: > 0 } detail } problem
            ? session.Explain(problem.Code, detail, problem.RetryAfter)
            : session.Say(CommonWords.Unreachable, failure.Message);
    }

    /// <summary>What a problem of the service means.</summary>
    /// <param name="session">Whose language it is said in.</param>
    /// <param name="code">The problem's code; null for that of a proxy.</param>
    /// <param name="detail">What the service says, in English.</param>
    /// <param name="wait">When to call again; null if the service does not say.</param>
    public static string Explain(this PageSession session, string? code, string detail, TimeSpan? wait = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.Language == Language.Chinese && code is not null && ProblemWords.ByCode.TryGetValue(code, out var text) ? text.Say(detail, wait) : detail;
    }
}
