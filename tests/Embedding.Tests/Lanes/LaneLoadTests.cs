using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

public sealed class LaneLoadTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void An_idle_group_has_no_wait() => new LaneLoad(lanes: 2).Wait.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void A_group_with_a_free_lane_has_no_wait()
    {
        var load = new LaneLoad(lanes: 2);
        load.Enter(100 * Second);
        load.Wait.ShouldBe(TimeSpan.Zero);
        load.Enter(100 * Second);
        load.Wait.ShouldBe(100 * Second);
    }

    [Fact]
    public void A_picture_that_was_not_embedded_does_not_change_the_estimate()
    {
        var load = new LaneLoad(lanes: 1);
        for (var i = 0; i < 200; i++)
        {
            load.Enter(Second);
            load.Exit(Second, took: Second / 100, isRepresentative: false);
        }

        load.Enter(Second);
        load.Wait.ShouldBe(Second);
    }

    [Fact]
    public void The_wait_is_the_pending_work_divided_by_the_lanes()
    {
        var load = new LaneLoad(lanes: 2);
        for (var i = 0; i < 6; i++) load.Enter(Second);
        load.Wait.ShouldBe(3 * Second);
        load.Exit(Second);
        load.Exit(Second);
        load.Wait.ShouldBe(2 * Second);
    }

    [Fact]
    public void A_machine_slower_than_estimated_has_longer_waits()
    {
        var load = new LaneLoad(lanes: 1);
        for (var i = 0; i < 200; i++)
        {
            load.Enter(Second);
            load.Exit(Second, took: 4 * Second, isRepresentative: true);
        }

        load.Enter(Second);
        load.Wait.ShouldBeInRange(3.9 * Second, 4 * Second);
        load.AverageTime.ShouldBeInRange(3.9 * Second, 4 * Second);
    }
}
