using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>How many pictures are taken on, and when the last has left.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public void One_over_the_limit_is_refused_until_another_leaves()
    {
        var admission = new EmbeddingQueue(limit: 1);
        admission.TryEnter().ShouldBeNull();
        admission.TryEnter()!.Code.ShouldBe(FailureCode.Busy);
        admission.Leave();
        admission.TryEnter().ShouldBeNull();
    }

    [Fact]
    public void Closing_ends_when_the_last_picture_has_left()
    {
        var admission = new EmbeddingQueue(limit: 2);
        admission.TryEnter();
        admission.TryEnter();
        var closed = admission.CloseAsync();
        admission.TryEnter()!.Message.ShouldBe("the service is shutting down; send the picture again in a moment");
        admission.Leave();
        closed.IsCompleted.ShouldBeFalse();
        admission.Leave();
        closed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Closing_an_empty_one_ends_at_once() => new EmbeddingQueue(limit: 2).CloseAsync().IsCompletedSuccessfully.ShouldBeTrue();
}
