using ImageSearch.Pages.Fields;

namespace ImageSearch.Pages.Tests.Fields;

/// <summary>Dates in fields of a browser.</summary>
public sealed class LocalTimeTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void A_date_is_shown_in_the_zone_of_the_browser() =>
        LocalTime.ToText(new DateTimeOffset(2026, 11, 27, 20, 30, 5, TimeSpan.Zero), Shanghai).ShouldBe("2026-11-28T04:30:05");

    [Theory]
    [InlineData("2026-11-28T04:30")]
    [InlineData("2026-11-28T04:30:00")]
    public void The_text_of_a_field_is_a_time_in_that_zone(string text) =>
        LocalTime.Parse(text, Shanghai).ShouldBe(new DateTimeOffset(2026, 11, 28, 4, 30, 0, TimeSpan.FromHours(8)));

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("9999-12-31T23:59")]
    [InlineData("0001-01-01T00:00")]
    public void Other_texts_are_no_date(string text) => LocalTime.Parse(text, Shanghai).ShouldBeNull();
}
