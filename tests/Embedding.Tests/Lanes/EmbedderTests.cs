using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>The embedder through its public interface, with the default model.</summary>
public sealed class EmbedderTests
{
    [Fact]
    public async Task A_picture_with_a_main_object_has_two_vectors_of_unit_length()
    {
        await using var embedder = Open();
        var vectors = (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_0.png"), PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, default)).Value.ShouldNotBeNull();
        var golden = GoldenPictures.Of("lite0-ret-512-sal.onnx").Single(p => p.File == "scene_0.png");
        Length(vectors.Whole.Span).ShouldBe(1, 1e-6);
        Length(vectors.MainObject!.Value.Span).ShouldBe(1, 1e-6);
        Similarity.Cosine(vectors.Whole.Span, golden.Embedding).ShouldBeGreaterThan(0.9999);
        Similarity.Cosine(vectors.MainObject.Value.Span, golden.CropEmbedding).ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public async Task Only_the_whole_picture_is_embedded_if_only_it_is_requested()
    {
        await using var embedder = Open();
        (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_0.png"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Value!.MainObject.ShouldBeNull();
    }

    [Fact]
    public async Task A_picture_has_the_same_vector_alone_and_among_others()
    {
        string[] files = ["scene_2.jpg", "decode_4.webp", "decode_1.png", "exact_3.png"];
        await using var one = Open(lanes: 1);
        var alone = new List<float[]>();
        foreach (var file in files) alone.Add(await Embed(one, file));

        await using var four = Open(lanes: 4);
        var together = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => Embed(four, files[i % files.Length])));
        for (var i = 0; i < together.Length; i++) together[i].ShouldBe(alone[i % files.Length]);
    }

    [Fact]
    public async Task A_picture_beyond_the_limit_is_rejected_at_once_and_the_others_are_embedded()
    {
        await using var embedder = Open(lanes: 1, queue: 2);
        var calls = Enumerable.Range(0, 100).Select(_ => embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).ToList();
        var results = await Task.WhenAll(calls);
        results.Count(r => r.Failure?.Code == FailureCode.Busy).ShouldBeGreaterThan(0);
        results.First(r => r.Failure is not null).Failure!.Message.ShouldBe("3 pictures are waiting already; send this one again in a moment");
        results.Count(r => r.Value is not null).ShouldBeGreaterThanOrEqualTo(3);
        results.ShouldAllBe(r => r.Value != null || r.Failure!.Code == FailureCode.Busy);
    }

    [Fact]
    public async Task A_cancelled_picture_frees_its_place_in_the_queue()
    {
        await using var embedder = Open(lanes: 1, queue: 3);
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 4).Select(_ => embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, stop.Token)).ToList();
        await stop.CancelAsync();
        foreach (var call in calls)
        {
            try
            {
                (await call).Failure.ShouldBeNull();
            }
            catch (OperationCanceledException)
            {
                // Which of them a lane had claimed depends on timing.
            }
        }

        (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure.ShouldBeNull();
        await Should.ThrowAsync<OperationCanceledException>(embedder.EmbedAsync(default, PictureViews.Whole, EmbeddingTarget.NewTable, stop.Token));
    }

    [Fact]
    public async Task A_quick_picture_does_not_wait_behind_costly_ones()
    {
        await using var embedder = Open(lanes: 1);
        var costly = Enumerable.Range(0, 3).Select(_ => embedder.EmbedAsync(Costly, PictureViews.Whole, EmbeddingTarget.NewTable, default)).ToList();
        for (var i = 0; i < 3; i++)
            (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure.ShouldBeNull();
        costly.ShouldContain(picture => !picture.IsCompleted);
        (await Task.WhenAll(costly)).ShouldAllBe(result => result.Failure == null);
    }

    [Fact]
    public async Task A_file_with_a_hundred_thousand_extra_pieces_has_the_vector_of_the_file_without_them()
    {
        await using var embedder = Open(lanes: 1);
        var file = GoldenPictures.Bytes("scene_2.jpg");
        byte[] full = [.. file[..2], .. Enumerable.Repeat<byte[]>([0xFF, 0xFE, 0, 2], 100_000).SelectMany(comment => comment), .. file[2..]];
        var embedded = await embedder.EmbedAsync(full, PictureViews.Whole, EmbeddingTarget.NewTable, default);
        embedded.Value!.Whole.ToArray().ShouldBe(await Embed(embedder, "scene_2.jpg"));
    }

    [Fact]
    public async Task A_file_with_two_hundred_thousand_separated_extra_pieces_is_rejected()
    {
        await using var embedder = Open(lanes: 1);
        var file = GoldenPictures.Bytes("scene_2.jpg");
        byte[] full = [.. file[..2], .. Enumerable.Repeat<byte[]>([0xFF, 0xFF, 0xFE, 0, 2], 200_000).SelectMany(comment => comment), .. file[2..]];
        (await embedder.EmbedAsync(full, PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure.ShouldNotBeNull().Message.ShouldContain("pieces");
    }

    [Fact]
    public async Task Work_stops_when_its_caller_cancels()
    {
        await using var embedder = Open(lanes: 1);
        using var stop = new CancellationTokenSource();
        var costly = Enumerable.Range(0, 2).Select(_ => embedder.EmbedAsync(Costly, PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, stop.Token)).ToList();
        await embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default);
        await stop.CancelAsync();
        foreach (var picture in costly) await Should.ThrowAsync<OperationCanceledException>(picture);
    }

    [Fact]
    public async Task A_picture_that_takes_too_much_time_is_stopped()
    {
        await using var embedder = OnnxPictureEmbedder.Open(
            new EmbeddingOptions { ModelPath = TestModels.Default, PictureTime = TimeSpan.FromMilliseconds(100) }, NullLogger.Instance);
        var failure = (await embedder.EmbedAsync(Costly, PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.PictureTooCostly);
        (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_2.jpg"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_picture_that_would_wait_too_long_is_rejected_with_a_time_to_retry()
    {
        await using var embedder = OnnxPictureEmbedder.Open(
            new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = 1, LongestWait = TimeSpan.FromSeconds(1) }, NullLogger.Instance);
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => embedder.EmbedAsync(Costly, PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, default)));
        var rejected = results.Where(result => result.Failure is not null).ToList();
        rejected.ShouldNotBeEmpty();
        rejected.ShouldAllBe(result => result.Failure!.Code == FailureCode.Busy && result.Failure.RetryAfterSeconds > 0);
        results.ShouldContain(result => result.Failure == null);
    }

    [Fact]
    public async Task Closing_completes_accepted_pictures_and_rejects_new_ones()
    {
        var embedder = Open(lanes: 1);
        var calls = Enumerable.Range(0, 5).Select(_ => embedder.EmbedAsync(GoldenPictures.Bytes("exact_0.png"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).ToList();
        await embedder.DisposeAsync();
        (await Task.WhenAll(calls)).ShouldAllBe(r => r.Value != null);
        (await embedder.EmbedAsync(GoldenPictures.Bytes("exact_0.png"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure!.Code.ShouldBe(FailureCode.Busy);
    }

    [Fact]
    public async Task A_rejected_picture_has_the_reason()
    {
        await using var embedder = Open(lanes: 1);
        (await embedder.EmbedAsync("no picture"u8.ToArray(), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure!.Code.ShouldBe(FailureCode.PictureTypeUnknown);
        var cut = GoldenPictures.Bytes("scene_2.jpg")[..9_000];
        (await embedder.EmbedAsync(cut, PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure!.Code.ShouldBe(FailureCode.PictureTruncated);
    }

    [Theory]
    [InlineData(0, 1, 64, "EMBEDDING_LANES is 0, must be 1..256")]
    [InlineData(1, 0, 64, "EMBEDDING_QUEUE is 0, must be 1..100000")]
    [InlineData(1, 1, 63, "DECODE_MEMORY_MB is 63, must be 64..65536")]
    public void An_option_out_of_its_bounds_is_reported(int lanes, int queue, int megabytes, string message) =>
        Should.Throw<ArgumentOutOfRangeException>(() => OnnxPictureEmbedder.Open(
            new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = lanes, QueueLength = queue, DecodeMemoryMegabytes = megabytes },
            NullLogger.Instance)).Message.ShouldContain(message);

    [Fact]
    public void The_model_path_can_be_relative() =>
        ManifestReader.Read(Path.GetRelativePath(Environment.CurrentDirectory, TestModels.Default)).Identity.Dimension.ShouldBe(512);

    // One second of work in 40 KB.
    private static byte[] Costly { get; } = PngFile.Black(8_000, 7_000);

    private static OnnxPictureEmbedder Open(int lanes = 2, int queue = 256) =>
        OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = lanes, QueueLength = queue }, NullLogger.Instance);

    private static async Task<float[]> Embed(OnnxPictureEmbedder embedder, string file) =>
        (await embedder.EmbedAsync(GoldenPictures.Bytes(file), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Value!.Whole.ToArray();

    private static double Length(ReadOnlySpan<float> vector) => Math.Sqrt(vector.ToArray().Sum(v => (double)v * v));
}
