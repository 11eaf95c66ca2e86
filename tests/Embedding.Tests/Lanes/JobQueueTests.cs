using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>Pictures of calls come before those of imports, without starving them.</summary>
public sealed class JobQueueTests
{
    private readonly JobQueue _queue = new();

    [Fact]
    public void Pictures_are_taken_in_the_order_of_arrival()
    {
        var jobs = Add(EmbeddingUse.Search, EmbeddingUse.Add, EmbeddingUse.Search);
        Take(3).ShouldBe(jobs);
    }

    [Fact]
    public void An_import_waits_for_the_pictures_of_other_calls()
    {
        var jobs = Add(EmbeddingUse.Import, EmbeddingUse.Search, EmbeddingUse.Add);
        Take(3).ShouldBe([jobs[1], jobs[2], jobs[0]]);
    }

    [Fact]
    public void An_import_gets_a_share_of_a_busy_service()
    {
        Add([.. Enumerable.Repeat(EmbeddingUse.Search, 100), .. Enumerable.Repeat(EmbeddingUse.Import, 100)]);
        Take(100).Count(job => job.IsImport).ShouldBe(100 / JobQueue.ImportEvery);
    }

    [Fact]
    public void Waiting_pictures_are_taken_after_the_end_of_adding()
    {
        var jobs = Add(EmbeddingUse.Search, EmbeddingUse.Import);
        _queue.CompleteAdding();
        Take(2).ShouldBe(jobs);
        _queue.TryTake(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_waiting_lane_gets_the_next_picture_and_ends_with_the_queue()
    {
        var taken = Task.Run(() => (_queue.TryTake(out var job), job.Job, _queue.TryTake(out _)));
        var added = Add(EmbeddingUse.Search)[0];
        _queue.CompleteAdding();
        (await taken).ShouldBe((true, added, false));
        _queue.IsEmpty.ShouldBeTrue();
    }

    private EmbeddingJob[] Add(params EmbeddingUse[] uses)
    {
        EmbeddingJob[] jobs = [.. uses.Select(use => new EmbeddingJob(default, PictureViews.Whole, model: null!, new EmbeddingTarget(null, use)))]; // No lane runs here.
        foreach (var job in jobs) _queue.Add(new WaitingJob(job, TimeSpan.Zero, IsKnown: false));
        return jobs;
    }

    private List<EmbeddingJob> Take(int count)
    {
        var jobs = new List<EmbeddingJob>();
        for (var i = 0; i < count; i++)
        {
            _queue.TryTake(out var job).ShouldBeTrue();
            jobs.Add(job.Job);
        }

        return jobs;
    }
}
