using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>Lane and caller race for a job; one of them wins.</summary>
public sealed class EmbeddingJobTests : IDisposable
{
    private static readonly CancellationToken Gone = new(canceled: true);
    private readonly EmbeddingJob _job = new(default, PictureViews.Whole);

    public void Dispose() => _job.Dispose();

    [Fact]
    public async Task A_job_that_was_given_up_is_not_taken()
    {
        _job.GiveUp(Gone);
        _job.TryTake().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(_job.Answer);
    }

    [Fact]
    public async Task A_job_that_was_taken_is_its_lane_s_to_finish()
    {
        _job.TryTake().ShouldBeTrue();
        _job.GiveUp(Gone);
        _job.Answer.IsCompleted.ShouldBeFalse();
        _job.Finish(new Failure(FailureCode.PictureCorrupt, ""));
        (await _job.Answer).Failure!.Code.ShouldBe(FailureCode.PictureCorrupt);
    }

    [Fact]
    public async Task A_lane_that_lets_go_of_a_job_leaves_it_to_another_or_to_its_caller()
    {
        _job.TryTake().ShouldBeTrue();
        _job.LetGo();
        _job.TryTake().ShouldBeTrue();
        _job.GiveUp(Gone);
        _job.LetGo();
        _job.TryTake().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(_job.Answer);
    }
}
