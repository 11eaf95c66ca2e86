namespace ImageSearch.Filtering.Tests;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2024-02-29")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999Z")]
    [InlineData("9999-12-31T23:59:59.999999+14:00")]
    public void A_date_of_the_calendar_is_read(string text) => DateText.TryParse(text, out _).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("2026-1-1")]
    [InlineData("2026-00-10")]
    [InlineData("2026-13-01")]
    [InlineData("2026-01-00")]
    [InlineData("2025-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2026-01-01T")]
    [InlineData("2026-01-01T10")]
    [InlineData("2026-01-01T24:00")]
    [InlineData("2026-01-01T10:60")]
    [InlineData("2026-01-01T10:00:60")]
    [InlineData("2026-01-01T10:00:00.")]
    [InlineData("2026-01-01T10:00:00z")]
    [InlineData("2026-01-01T10:00:00+8")]
    [InlineData("2026-01-01T10:00:00+19:00")]
    [InlineData("2026-01-01T10:00:00+08:60")]
    [InlineData("2026-01-01T10:00:00Z ")]
    [InlineData("2026-01-01+08:00")]
    [InlineData("٢٠٢٦-01-01")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    public void What_is_no_date_of_the_years_1_to_9999_is_not_read(string text) => DateText.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_date_is_written_as_attributes_and_as_columns_have_it()
    {
        DateText.TryParse("2026-11-01T10:00:00.5+08:00", out var date).ShouldBeTrue();
        DateText.OfAttribute(FilterValue.Of(date)).ShouldBe("2026-11-01T02:00:00.500Z");
        DateText.OfColumn(FilterValue.Of(date)).ShouldBe("2026-11-01 02:00:00.500");
    }
}
