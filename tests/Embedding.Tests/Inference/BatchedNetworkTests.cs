using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Inference;

/// <summary>Batches give each lane the vector of its picture. They run on the processor here; a GPU uses the same code.</summary>
public sealed class BatchedNetworkTests
{
    private static readonly string[] Files = ["scene_0.png", "decode_2.jpg", "exact_0.png", "decode_4.webp"];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Every_picture_gets_its_own_vector_and_main_object(int size)
    {
        await using var single = Open(batch: 1);
        await using var batched = Open(batch: size);
        var expected = await Task.WhenAll(Files.Select(file => EmbedAsync(single, file)));
        for (var round = 0; round < 5; round++)
        {
            var vectors = await Task.WhenAll(Files.Select(file => EmbedAsync(batched, file)));
            foreach (var (actual, one) in vectors.Zip(expected))
            {
                // A batch may sum in another order.
                Similarity.Cosine(actual.Whole.Span, one.Whole.Span).ShouldBeGreaterThan(0.99999);
                actual.MainObject.HasValue.ShouldBe(one.MainObject.HasValue);
            }
        }
    }

    [Fact]
    public void A_batch_runs_all_its_pictures_at_once()
    {
        var manifest = ManifestReader.Read(TestModels.Default);
        using var session = EmbeddingSession.Open(manifest);
        using var batch = session.NewBatch(Files.Length);
        var lanes = Files.Select(_ => session.NewLane()).ToList();
        foreach (var (lane, file) in lanes.Zip(Files)) Decode(manifest, file, lane);
        batch.Run(lanes);
        foreach (var (lane, file) in lanes.Zip(Files))
        {
            using var alone = session.NewLane();
            Decode(manifest, file, alone);
            session.Run(alone);
            Similarity.Cosine(lane.Embedding, alone.Embedding).ShouldBeGreaterThan(0.99999, file);
            lane.Saliency.ToArray().Zip(alone.Saliency.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-4f, file);
            lane.Dispose();
        }
    }

    [Fact]
    public void A_device_that_is_missing_is_explained()
    {
        var options = new EmbeddingOptions { ModelPath = TestModels.Of("v2"), Device = EmbeddingDevice.Cuda };
        var message = Should.Throw<ModelException>(() => OnnxPictureEmbedder.Open(options, NullLogger.Instance)).Message;
        message.ShouldStartWith("EMBEDDING_DEVICE is cuda, but ");
        message.ShouldContain("set EMBEDDING_DEVICE to cpu");
        message.ShouldNotContain('\n');
    }

    private static OnnxPictureEmbedder Open(int batch) => OnnxPictureEmbedder.Open(
        new EmbeddingOptions { ModelPath = TestModels.Default, Lanes = 4, BatchSize = batch }, NullLogger.Instance);

    private static async Task<PictureVectors> EmbedAsync(OnnxPictureEmbedder embedder, string file) => (await embedder.EmbedAsync(
        GoldenPictures.Bytes(file), PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, default)).Value.ShouldNotBeNull();

    private static void Decode(ModelManifest manifest, string file, TensorLane lane) =>
        TestPictures.Decode(GoldenPictures.Bytes(file), manifest.Input).CopyTo(lane.Pixels, 0);
}
