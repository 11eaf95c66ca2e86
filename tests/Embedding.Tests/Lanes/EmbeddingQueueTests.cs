using ImageSearch.Embedding.Lanes;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>The limit of accepted pictures, and closing.</summary>
public sealed class EmbeddingQueueTests
{
    [Fact]
    public void A_picture_over_the_limit_is_rejected_until_another_exits()
    {
        var queue = new EmbeddingQueue(limit: 1);
        queue.TryEnter().ShouldBeNull();
        queue.TryEnter()!.Code.ShouldBe(FailureCode.Busy);
        queue.Exit();
        queue.TryEnter().ShouldBeNull();
    }

    [Fact]
    public void Closing_completes_when_the_last_picture_has_exited()
    {
        var queue = new EmbeddingQueue(limit: 2);
        queue.TryEnter();
        queue.TryEnter();
        var closed = queue.CloseAsync();
        queue.TryEnter()!.Message.ShouldBe("the service is shutting down; send the picture again in a moment");
        queue.Exit();
        closed.IsCompleted.ShouldBeFalse();
        queue.Exit();
        closed.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Closing_an_empty_queue_completes_at_once() => new EmbeddingQueue(limit: 2).CloseAsync().IsCompletedSuccessfully.ShouldBeTrue();
}
