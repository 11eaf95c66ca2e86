using ImageSearch.Api.V1.Imports;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>The rate of an import is an average over half a minute.</summary>
public sealed class ImportRateTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ImportRate _rate = new();

    [Fact]
    public void One_sample_has_no_rate()
    {
        _rate.Add(Start, 10);
        (_rate.PerSecond, _rate.SecondsLeft(100)).ShouldBe((null, null));
    }

    [Fact]
    public void Time_left_is_what_remains_at_the_rate()
    {
        _rate.Add(Start, 10);
        _rate.Add(Start.AddSeconds(2), 30);
        (_rate.PerSecond, _rate.SecondsLeft(105)).ShouldBe((10, 8));
    }

    [Fact]
    public void Samples_before_the_window_do_not_count()
    {
        for (var second = 0; second <= 60; second++) _rate.Add(Start.AddSeconds(second), second < 30 ? 0 : (second - 30) * 5);
        _rate.PerSecond.ShouldBe(5);
    }

    [Fact]
    public void An_import_that_stands_still_has_no_known_end()
    {
        _rate.Add(Start, 10);
        _rate.Add(Start.AddSeconds(5), 10);
        (_rate.PerSecond, _rate.SecondsLeft(100)).ShouldBe((0, null));
    }
}
