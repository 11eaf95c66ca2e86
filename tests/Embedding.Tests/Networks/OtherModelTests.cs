using System.Text.Json.Nodes;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Networks;

/// <summary>
/// Networks with other inputs work with a manifest alone. The test networks compute the mean of each channel, which shows how pixels are
/// packed.
/// </summary>
public sealed class OtherModelTests
{
    // The single color of the test pictures.
    private static readonly double[] Colour = [200, 60, 30];

    [Fact]
    public void Float_planes_are_scaled_and_normalized_as_ImageNet_models_require()
    {
        double[] mean = [0.485, 0.456, 0.406], deviation = [0.229, 0.224, 0.225];
        var output = Run(NetworkFolder.MeanOfPlanes, manifest =>
        {
            manifest["input"]!["mean"] = new JsonArray(0.485, 0.456, 0.406);
            manifest["input"]!["std"] = new JsonArray(0.229, 0.224, 0.225);
        });
        for (var channel = 0; channel < 3; channel++)
            ((double)output[channel]).ShouldBe(((Colour[channel] / 255) - mean[channel]) / deviation[channel], 0.02);
    }

    [Fact]
    public void Floats_are_0_to_1_by_default() => Run(NetworkFolder.MeanOfPlanes).ShouldBe([200 / 255f, 60 / 255f, 30 / 255f], 0.005);

    [Fact]
    public void Channels_can_be_BGR() =>
        Run(NetworkFolder.MeanOfPlanes, manifest => manifest["input"]!["channels"] = "BGR").ShouldBe([30 / 255f, 60 / 255f, 200 / 255f], 0.005);

    [Fact]
    public void Bytes_with_channels_last_are_passed_unchanged() =>
        Run(NetworkFolder.MeanOfBytes, Bytes).ShouldBe([200, 60, 30], 1);

    [Fact]
    public void Bytes_can_be_BGR_too() => Run(NetworkFolder.MeanOfBytes, manifest =>
    {
        Bytes(manifest);
        manifest["input"]!["channels"] = "BGR";
    }).ShouldBe([30, 60, 200], 1);

    [Fact]
    public async Task A_network_without_saliency_embeds_only_the_whole_picture()
    {
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes);
        await using var embedder = Open(folder);
        embedder.Model.ShouldBe(new ModelIdentity("mean-rgb", "7", 3));
        var result = await embedder.EmbedAsync(TestPictures.Bytes("animation.gif"), PictureViews.WholeAndMainObject, EmbeddingTarget.NewTable, default);
        result.Value!.MainObject.ShouldBeNull();
        var length = Math.Sqrt((200 * 200) + (60 * 60) + (30 * 30));
        result.Value.Whole.ToArray().ShouldBe([(float)(200 / length), (float)(60 / length), (float)(30 / length)], 0.005);
    }

    [Fact]
    public async Task Crop_takes_the_center()
    {
        // The left half has one color, the right half is white: the center has equal parts of both, and so has a stretched picture; a
        // window at the left has not.
        using var folder = new NetworkFolder(NetworkFolder.MeanOfPlanes, manifest =>
        {
            manifest["input"]!["resize"] = "crop";
            manifest["input"]!["shortSide"] = 48;
        });
        await using var embedder = Open(folder);
        var whole = (await embedder.EmbedAsync(TestPictures.Bytes("alpha.png"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Value!.Whole.ToArray();
        (whole[1] / whole[0]).ShouldBe((60 + 255f) / (200 + 255f), 0.01f);
    }

    [Theory]
    [InlineData("Sub")]
    [InlineData("Div")]
    public async Task A_vector_of_zeros_or_NaN_is_rejected(string operation)
    {
        // x - x is zero; (x - x) / (x - x) is NaN.
        byte[][] nodes = operation == "Sub"
            ? [OnnxFile.Mean("pixels", "m", 2, 3), OnnxFile.Node("Sub", ("m", "m"), "mean")]
            : [OnnxFile.Mean("pixels", "m", 2, 3), OnnxFile.Node("Sub", ("m", "m"), "zero"), OnnxFile.Node("Div", ("zero", "zero"), "mean")];
        using var folder = new NetworkFolder(OnnxFile.Write(("pixels", OnnxFile.Float32, [-1, 3, 24, 32]), ("mean", [-1, 3]), nodes));
        await using var embedder = Open(folder);
        (await embedder.EmbedAsync(TestPictures.Bytes("plain.png"), PictureViews.Whole, EmbeddingTarget.NewTable, default)).Failure!.Code.ShouldBe(FailureCode.PictureHasNoVector);
    }

    private static void Bytes(JsonObject manifest)
    {
        manifest["input"]!["dtype"] = "uint8";
        manifest["input"]!["layout"] = "NHWC";
    }

    private static OnnxPictureEmbedder Open(NetworkFolder folder) =>
        OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = folder.Path, Lanes = 1 }, NullLogger.Instance);

    // The network's output before normalization.
    private static float[] Run(byte[] onnx, Action<JsonObject>? change = null)
    {
        using var folder = new NetworkFolder(onnx, change);
        var manifest = ManifestReader.Read(folder.Path);
        using var session = EmbeddingSession.Open(manifest);
        using var lane = session.NewLane();
        var file = TestPictures.Bytes("rgb16.png");
        new PictureDecoder(manifest.Input).Decode(file, TestPictures.Header(file), null, lane.Pixels).ShouldBeNull();
        session.Run(lane);
        return lane.Embedding.ToArray();
    }
}
