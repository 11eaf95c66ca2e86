using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.Tests.Requests;

public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("10", 10)]
    [InlineData("007", 7)]
    [InlineData(" 10 ", 10)]
    [InlineData("10.0", 10)]
    [InlineData("10.000", 10)]
    [InlineData("1e1", 10)]
    [InlineData("1E+1", 10)]
    [InlineData("1.5e1", 15)]
    [InlineData("0.0012e4", 12)]
    [InlineData("1200e-2", 12)]
    [InlineData("0e999999999999999999999", 0)]
    [InlineData("0.0e-5", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775807.0", long.MaxValue)]
    [InlineData("9.223372036854775807e18", long.MaxValue)]
    public void A_number_is_whole_by_its_value(string text, long expected) => WholeNumber.Parse(text).ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("1e-999999999")]
    [InlineData("1e999999999")]
    [InlineData("1e99999999999999999999999999")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999")]
    [InlineData("1e19")]
    [InlineData("-1")]
    [InlineData("-0")]
    [InlineData("+1")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1 0")]
    [InlineData("1,0")]
    [InlineData("0x10")]
    [InlineData("５")]
    [InlineData("NaN")]
    public void A_number_that_is_not_whole_or_does_not_fit_is_null(string text) => WholeNumber.Parse(text).ShouldBeNull();

    [Fact]
    public void A_number_is_the_same_however_it_is_shifted() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 30)).ToArbitrary(),
            drawn =>
            {
                var digits = drawn.Item1.ToString(CultureInfo.InvariantCulture);
                WholeNumber.Parse($"{digits}{new string('0', drawn.Item2)}e-{drawn.Item2}").ShouldBe(drawn.Item1);
                WholeNumber.Parse($"0.{new string('0', drawn.Item2)}{digits}e{drawn.Item2 + digits.Length}").ShouldBe(drawn.Item1);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cost_of_a_long_text_is_linear()
    {
        var zeros = new string('0', 10_000_000);
        var clock = Stopwatch.StartNew();

        WholeNumber.Parse($"0.{zeros}1e10000001").ShouldBe(1);
        WholeNumber.Parse($"1{zeros}e-10000000").ShouldBe(1);
        WholeNumber.Parse($"1{zeros}").ShouldBeNull();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }
}
