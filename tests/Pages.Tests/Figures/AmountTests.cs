using ImageSearch.Pages.Figures;

namespace ImageSearch.Pages.Tests.Figures;

/// <summary>Numbers with as many digits as people need.</summary>
public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.239, "1.24")]
    [InlineData(12.34, "12.3")]
    [InlineData(12345.6, "12,346")]
    public void A_number_has_three_digits_or_more(double value, string text) => Amount.Of(value).ShouldBe(text);
}
