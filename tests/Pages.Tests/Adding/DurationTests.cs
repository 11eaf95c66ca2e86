using ImageSearch.Pages.Adding;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Tests.Adding;

/// <summary>Durations and rates as people say them.</summary>
public sealed class DurationTests
{
    private static readonly PageSession English = new(null!, PageAccess.Master, Language.English, TimeZoneInfo.Utc, false);

    [Theory]
    [InlineData(0.2, "1 s")]
    [InlineData(119, "119 s")]
    [InlineData(121, "3 min")]
    [InlineData(7201, "2 h 1 min")]
    public void A_duration_is_rounded_up(double seconds, string text) => Duration.Of(English, TimeSpan.FromSeconds(seconds)).ShouldBe(text);

    [Theory]
    [InlineData(0.25, "0.3 a second")]
    [InlineData(42.4, "42 a second")]
    public void A_rate_has_a_decimal_if_it_is_small(double rate, string text) => Duration.Rate(English, rate).ShouldBe(text);
}
