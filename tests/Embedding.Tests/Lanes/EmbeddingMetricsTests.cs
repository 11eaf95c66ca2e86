using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>The metrics of an embedder.</summary>
public sealed class EmbeddingMetricsTests
{
    private const string Duration = "imagesearch.embedding.duration";
    private const string Stage = "imagesearch.embedding.stage.duration";

    [Fact]
    public async Task A_picture_is_measured_in_total_and_by_stage_for_each_view()
    {
        await using var embedder = Open();
        using var measured = Listen(embedder);

        await embedder.EmbedAsync(GoldenPictures.Bytes("scene_0.png"), PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, default);

        var picture = measured.Of(Duration).ShouldHaveSingleItem();
        picture["outcome"].ShouldBe("ok");
        measured.Of(Stage).Select(stage => stage["stage"]).ShouldBe(["decode", "inference", "decode", "inference"]);
        measured.Of(Stage).Sum(stage => stage.Value).ShouldBeLessThanOrEqualTo(picture.Value);
    }

    [Fact]
    public async Task A_rejected_picture_is_counted_by_reason_and_has_no_stage()
    {
        await using var embedder = Open();
        using var measured = Listen(embedder);

        await embedder.EmbedAsync("no picture"u8.ToArray(), PictureViews.Whole, EmbeddingTarget.NewTable, default);

        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe("picture_type_unknown");
        measured.Of(Stage).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pictures_that_are_rejected_as_busy_are_counted()
    {
        await using var embedder = Open(queue: 2);
        using var measured = Listen(embedder);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(_ => embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)));

        var busy = results.Count(result => result.Failure?.Code == FailureCode.Busy);
        busy.ShouldBeGreaterThan(0);
        measured.Of(Duration).Count(picture => picture["outcome"] == "busy").ShouldBe(busy);
    }

    [Fact]
    public async Task A_cancelled_picture_is_counted_as_cancelled()
    {
        await using var embedder = Open();
        using var measured = Listen(embedder);

        await Should.ThrowAsync<OperationCanceledException>(
            () => embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, new CancellationToken(canceled: true)));

        measured.Of(Duration).ShouldHaveSingleItem()["outcome"].ShouldBe("cancelled");
    }

    [Fact]
    public async Task Waiting_pictures_are_counted()
    {
        await using var embedder = Open();
        using var measured = Listen(embedder);

        var pictures = Enumerable.Range(0, 50)
            .Select(_ => embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).ToList();
        measured.Shown("imagesearch.embedding.waiting").ShouldBeGreaterThan(0);
        await Task.WhenAll(pictures);

        measured.Shown("imagesearch.embedding.waiting").ShouldBe(0);
    }

    private static OnnxPictureEmbedder Open(int queue = 256) =>
        OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = 1, QueueLength = queue }, NullLogger.Instance);

    private static Measurements Listen(OnnxPictureEmbedder embedder) => new(instrument => instrument.Meter == embedder.Metrics.Meter);
}
