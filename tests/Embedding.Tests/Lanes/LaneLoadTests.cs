using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

public sealed class LaneLoadTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void An_idle_group_lets_nobody_wait() => new LaneLoad(lanes: 2).Wait.ShouldBe(TimeSpan.Zero);

    [Fact]
    public void A_free_lane_lets_nobody_wait()
    {
        var load = new LaneLoad(lanes: 2);
        load.Come(100 * Second);
        load.Wait.ShouldBe(TimeSpan.Zero);
        load.Come(100 * Second);
        load.Wait.ShouldBe(100 * Second);
    }

    [Fact]
    public void A_picture_that_was_not_embedded_says_nothing_of_the_machine()
    {
        var load = new LaneLoad(lanes: 1);
        for (var i = 0; i < 200; i++)
        {
            load.Come(Second);
            load.Leave(Second, took: Second / 100, isTelling: false);
        }

        load.Come(Second);
        load.Wait.ShouldBe(Second);
    }

    [Fact]
    public void The_wait_is_the_work_of_those_before_shared_by_the_lanes()
    {
        var load = new LaneLoad(lanes: 2);
        for (var i = 0; i < 6; i++) load.Come(Second);
        load.Wait.ShouldBe(3 * Second);
        load.Leave(Second);
        load.Leave(Second);
        load.Wait.ShouldBe(2 * Second);
    }

    [Fact]
    public void A_machine_slower_than_estimated_makes_waits_longer()
    {
        var load = new LaneLoad(lanes: 1);
        for (var i = 0; i < 200; i++)
        {
            load.Come(Second);
            load.Leave(Second, took: 4 * Second, isTelling: true);
        }

        load.Come(Second);
        load.Wait.ShouldBeInRange(3.9 * Second, 4 * Second);
        load.Usual.ShouldBeInRange(3.9 * Second, 4 * Second);
    }
}
