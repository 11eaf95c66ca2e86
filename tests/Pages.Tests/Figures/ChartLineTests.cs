using ImageSearch.Pages.Figures;

namespace ImageSearch.Pages.Tests.Figures;

/// <summary>Lines of charts.</summary>
public sealed class ChartLineTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void A_line_ends_at_the_right_edge_and_its_highest_value_at_the_top() =>
        Line((-10, 0), (0, 10)).PathIn(360, 100, 10).ShouldBe("M359 100h0L360 0");

    [Fact]
    public void A_value_that_is_missing_is_a_gap() =>
        Line((-20, 5), (-10, null), (0, 5)).PathIn(360, 100, 10).ShouldBe("M358 50h0M360 50h0");

    [Fact]
    public void A_time_without_samples_is_a_gap() => Line((-1800, 5), (0, 5)).PathIn(360, 100, 10).ShouldBe("M180 50h0M360 50h0");

    [Fact]
    public void The_highest_value_of_nothing_is_zero() => Line((0, null)).Max.ShouldBe(0);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.03, 0.05)]
    [InlineData(1, 1)]
    [InlineData(130, 200)]
    [InlineData(700, 1000)]
    public void The_upper_edge_is_a_round_number(double value, double edge) => ChartLine.RoundUp(value).ShouldBe(edge, edge * 1e-9);

    private static ChartLine Line(params (int Seconds, double? Value)[] points) =>
        new("", [.. points.Select(point => (Now.AddSeconds(point.Seconds), point.Value))]);
}
