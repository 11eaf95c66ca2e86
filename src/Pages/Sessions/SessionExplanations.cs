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

    /// <summary>Why a call failed, as the service says it.</summary>
    public static string Explain(this PageSession session, ImageSearchException failure)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(failure);
        return failure is ProblemException { Problem.Detail: { Length: > 0 } detail } ? detail : session.Say(CommonWords.Unreachable, failure.Message);
    }
}
