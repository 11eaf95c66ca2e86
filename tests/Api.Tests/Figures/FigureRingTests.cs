using ImageSearch.Api.Figures;

namespace ImageSearch.Api.Tests.Figures;

/// <summary>The samples of the last hour.</summary>
public sealed class FigureRingTests
{
    [Fact]
    public void Samples_are_read_oldest_first_and_only_those_of_an_hour_are_kept()
    {
        var ring = new FigureRing();
        for (var i = 0; i < FigureRing.Capacity + 2; i++) ring.Add(Sample(i));

        var samples = ring.Read();

        samples.Select(sample => sample.Queue).ShouldBe(Enumerable.Range(2, FigureRing.Capacity).Select(i => (long)i));
    }

    [Fact]
    public void A_ring_that_is_not_full_has_what_was_added()
    {
        var ring = new FigureRing();
        ring.Read().ShouldBeEmpty();

        ring.Add(Sample(7));

        ring.Read().Single().Queue.ShouldBe(7);
    }

    private static FigureSample Sample(long queue) => new(DateTimeOffset.UnixEpoch, 0, 0, [], queue, 0, 0, 0, 0, null);
}
