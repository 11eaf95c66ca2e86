using ImageSearch.Pages.Adding;

namespace ImageSearch.Pages.Tests.Adding;

/// <summary>The rate of an upload, and the time that is left.</summary>
public sealed class UploadRateTests
{
    private readonly UploadRate _rate = new();

    [Fact]
    public void Before_the_first_picture_the_rate_is_unknown()
    {
        _rate.Add(1, 0);

        _rate.PerSecond.ShouldBeNull();
        _rate.TimeFor(10).ShouldBeNull();
    }

    [Fact]
    public void The_rest_takes_as_long_as_the_rate_says()
    {
        _rate.Add(10, 40);

        _rate.PerSecond.ShouldBe(4);
        _rate.TimeFor(20).ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Only_the_last_twenty_seconds_count()
    {
        for (var second = 1; second <= 60; second++) _rate.Add(second, second <= 30 ? second * 100 : 3000 + second - 30);

        _rate.PerSecond!.Value.ShouldBe(1, 0.01);
    }
}
