using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>Owners share the lanes by estimated time.</summary>
public sealed class OwnerTurnsTests
{
    private static readonly TimeSpan Typical = OwnerTurns.Turn;

    private readonly JobQueue _queue = new();

    [Fact]
    public void A_picture_of_another_owner_does_not_wait_for_a_thousand_of_one()
    {
        Add("greedy", 1000, Typical);
        Add("modest", 1, Typical);

        Owners(3).ShouldContain("modest");
    }

    [Fact]
    public void Owners_get_equal_shares_whatever_they_send()
    {
        Add("a", 900, Typical);
        Add("b", 90, Typical);
        Add("c", 90, Typical);

        var taken = Owners(270);

        taken.Count(owner => owner == "a").ShouldBeInRange(89, 91);
        taken.Count(owner => owner == "b").ShouldBeInRange(89, 91);
    }

    [Fact]
    public void Shares_are_of_time_and_not_of_pictures()
    {
        Add("large", 100, 4 * Typical);
        Add("small", 400, Typical);

        Owners(250).Count(owner => owner == "large").ShouldBeInRange(48, 52);
    }

    [Fact]
    public void An_owner_that_paused_gets_no_more_than_its_share_afterwards()
    {
        Add("a", 200, Typical);
        Owners(100);
        Add("b", 200, Typical);

        Owners(100).Count(owner => owner == "b").ShouldBeInRange(49, 51);
    }

    [Fact]
    public void Imports_of_owners_take_turns_as_well()
    {
        Add("greedy", 1000, Typical, EmbeddingUse.Import);
        Add("modest", 5, Typical, EmbeddingUse.Import);

        Owners(11).Count(owner => owner == "modest").ShouldBe(5);
    }

    [Fact]
    public void The_owner_that_fills_the_queue_waits_for_it_and_another_for_turns()
    {
        var load = new LaneLoad(lanes: 1);
        for (var i = 0; i < 100; i++) load.Enter(Typical, "greedy");

        load.WaitOf("greedy", Typical).ShouldBe(100 * Typical);
        load.WaitOf("modest", Typical).ShouldBe(2 * Typical);
        load.Enter(Typical, "modest");
        load.WaitOf("modest", Typical).ShouldBe(4 * Typical);
    }

    [Fact]
    public void An_owner_can_not_take_the_last_places_of_the_queue()
    {
        var queue = new EmbeddingQueue(limit: 8);
        var accepted = Enumerable.Range(0, 8).Count(_ => queue.TryEnter("greedy") is null);

        accepted.ShouldBe(6);
        queue.TryEnter("modest").ShouldBeNull();
        queue.TryEnter("other").ShouldBeNull();
        queue.TryEnter("late")!.Code.ShouldBe(FailureCode.Busy);
        queue.Exit("greedy");
        queue.TryEnter("late").ShouldBeNull();
    }

    private void Add(string owner, int count, TimeSpan cost, EmbeddingUse use = EmbeddingUse.Search)
    {
        for (var i = 0; i < count; i++)
        {
            var job = new EmbeddingJob(default, PictureViews.Whole, model: null!, new EmbeddingTarget(null, use) { Share = owner }); // No lane runs here.
            _queue.Add(new WaitingJob(job, cost, IsKnown: false));
        }
    }

    private List<string> Owners(int count)
    {
        var owners = new List<string>();
        for (var i = 0; i < count; i++)
        {
            _queue.TryTake(out var job).ShouldBeTrue();
            owners.Add(job.Job.Owner!);
        }

        return owners;
    }
}
