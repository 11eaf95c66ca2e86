using ImageSearch.Api.Figures;

namespace ImageSearch.Api.Tests.Figures;

/// <summary>Percentiles of durations.</summary>
public sealed class DurationBucketsTests
{
    private readonly DurationBuckets _buckets = new();

    [Fact]
    public void Nothing_recorded_has_no_percentiles() => _buckets.Take().ShouldBeNull();

    [Theory]
    [InlineData(0.00004)]
    [InlineData(0.0123)]
    [InlineData(7)]
    public void A_percentile_is_at_most_five_percent_off(double seconds)
    {
        _buckets.Record(seconds);

        _buckets.Take()!.P50.ShouldBe(seconds * 1000, seconds * 50);
    }

    [Fact]
    public void The_median_and_the_99th_percentile_are_those_of_all_durations()
    {
        for (var i = 1; i <= 1000; i++) _buckets.Record(i / 1000.0);

        var taken = _buckets.Take()!;

        taken.P50.ShouldBe(500, 25);
        taken.P99.ShouldBe(990, 50);
    }

    [Fact]
    public void Taking_begins_again()
    {
        _buckets.Record(1);
        _buckets.Take();

        _buckets.Take().ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void Durations_beyond_the_buckets_count_in_the_nearest_one(double seconds)
    {
        _buckets.Record(seconds);

        _buckets.Take().ShouldNotBeNull();
    }
}
