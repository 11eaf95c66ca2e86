using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>A lane and the caller race for a job; one of them wins.</summary>
public sealed class EmbeddingJobTests : IDisposable
{
    private static readonly CancellationToken Cancelled = new(canceled: true);
    private readonly EmbeddingJob _job = new(default, PictureViews.Whole, model: null!, new EmbeddingTarget(null, EmbeddingUse.Add)); // No lane runs here.

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task An_abandoned_job_can_t_be_claimed()
    {
        _job.Abandon(Cancelled);
        _job.TryClaim().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(_job.Completion);
    }

    [Fact]
    public async Task A_claimed_job_is_completed_by_its_lane()
    {
        _job.TryClaim().ShouldBeTrue();
        _job.Abandon(Cancelled);
        _job.Completion.IsCompleted.ShouldBeFalse();
        _job.Complete(new Failure(FailureCode.PictureCorrupt, ""));
        (await _job.Completion).Failure!.Code.ShouldBe(FailureCode.PictureCorrupt);
    }

    [Fact]
    public async Task A_released_job_can_be_claimed_again_or_abandoned()
    {
        _job.TryClaim().ShouldBeTrue();
        _job.Release();
        _job.TryClaim().ShouldBeTrue();
        _job.Abandon(Cancelled);
        _job.Release();
        _job.TryClaim().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(_job.Completion);
    }
}
