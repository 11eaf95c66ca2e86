using ImageSearch.Embedding.Lanes;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>Lane and caller race for a job; one of them wins.</summary>
public sealed class EmbeddingJobTests
{
    private readonly EmbeddingJob _job =
        new(default, new PictureHeader(PictureType.Jpeg, 1, 1, new Orientation(1), 3, false), PictureViews.Whole);

    [Fact]
    public async Task A_job_that_was_given_up_is_not_taken()
    {
        _job.GiveUp(new CancellationToken(canceled: true));
        _job.TryTake().ShouldBeFalse();
        await Should.ThrowAsync<OperationCanceledException>(_job.Answer);
    }

    [Fact]
    public async Task A_job_that_was_taken_is_finished_whatever_its_caller_wants()
    {
        _job.TryTake().ShouldBeTrue();
        _job.GiveUp(new CancellationToken(canceled: true));
        _job.Answer.IsCompleted.ShouldBeFalse();
        _job.Finish(new Failure(FailureCode.PictureCorrupt, ""));
        (await _job.Answer).Failure!.Code.ShouldBe(FailureCode.PictureCorrupt);
    }
}
