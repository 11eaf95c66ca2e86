using System.Globalization;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Adding;

/// <summary>Durations and rates as people say them.</summary>
internal static class Duration
{
    /// <summary>A duration, rounded up: seconds below two minutes, minutes below two hours.</summary>
    public static string Of(PageSession session, TimeSpan duration)
    {
        var minutes = (long)Math.Ceiling(duration.TotalMinutes);
        if (duration < TimeSpan.FromMinutes(2)) return session.Say(AddingWords.Seconds, (long)Math.Ceiling(duration.TotalSeconds));
        return minutes < 120 ? session.Say(AddingWords.Minutes, minutes) : session.Say(AddingWords.Hours, minutes / 60, minutes % 60);
    }

    /// <summary>Pictures per second, with a decimal if there are few.</summary>
    public static string Rate(PageSession session, double perSecond) =>
        session.Say(AddingWords.PerSecond, perSecond.ToString(perSecond < 10 ? "0.0" : "0", CultureInfo.InvariantCulture));
}
