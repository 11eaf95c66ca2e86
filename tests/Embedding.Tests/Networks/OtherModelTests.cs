using System.Text.Json.Nodes;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Networks;

/// <summary>Networks of other forms work by their manifest alone; theirs give the mean of each channel, so that packing can be checked by numbers.</summary>
public sealed class OtherModelTests
{
    // The test pictures' one colour.
    private static readonly double[] Colour = [200, 60, 30];

    [Fact]
    public void Planes_of_floats_are_scaled_and_normalised_as_imagenet_models_want()
    {
        double[] mean = [0.485, 0.456, 0.406], deviation = [0.229, 0.224, 0.225];
        var output = Run(TestModelFolder.MeanOfPlanes, manifest =>
        {
            manifest["input"]!["mean"] = new JsonArray(0.485, 0.456, 0.406);
            manifest["input"]!["std"] = new JsonArray(0.229, 0.224, 0.225);
        });
        for (var channel = 0; channel < 3; channel++)
            ((double)output[channel]).ShouldBe(((Colour[channel] / 255) - mean[channel]) / deviation[channel], 0.02);
    }

    [Fact]
    public void Floats_are_0_to_1_without_further_numbers() => Run(TestModelFolder.MeanOfPlanes).ShouldBe([200 / 255f, 60 / 255f, 30 / 255f], 0.005);

    [Fact]
    public void Blue_may_come_first() =>
        Run(TestModelFolder.MeanOfPlanes, manifest => manifest["input"]!["channels"] = "BGR").ShouldBe([30 / 255f, 60 / 255f, 200 / 255f], 0.005);

    [Fact]
    public void Bytes_with_channels_last_reach_the_network_as_they_are() =>
        Run(TestModelFolder.MeanOfBytes, Bytes).ShouldBe([200, 60, 30], 1);

    [Fact]
    public void Bytes_may_have_blue_first_too() => Run(TestModelFolder.MeanOfBytes, manifest =>
    {
        Bytes(manifest);
        manifest["input"]!["channels"] = "BGR";
    }).ShouldBe([30, 60, 200], 1);

    [Fact]
    public async Task A_network_without_saliency_gives_the_whole_picture_only()
    {
        using var folder = new TestModelFolder(TestModelFolder.MeanOfPlanes);
        await using var embedder = Open(folder);
        embedder.Model.ShouldBe(new ModelIdentity("mean-rgb", "7", 3));
        var result = await embedder.EmbedAsync(TestPictures.Bytes("animation.gif"), PictureViews.WholeAndMainObject, default);
        result.Value!.MainObject.ShouldBeNull();
        var length = Math.Sqrt((200 * 200) + (60 * 60) + (30 * 30));
        result.Value.Whole.ToArray().ShouldBe([(float)(200 / length), (float)(60 / length), (float)(30 / length)], 0.005);
    }

    [Fact]
    public async Task The_middle_is_cut_out_where_the_manifest_says_crop()
    {
        // Left half of one colour, right half white: the middle has as much of both, a stretched or letterboxed one as well; a window of
        // the left would not.
        using var folder = new TestModelFolder(TestModelFolder.MeanOfPlanes, manifest =>
        {
            manifest["input"]!["resize"] = "crop";
            manifest["input"]!["shortSide"] = 48;
        });
        await using var embedder = Open(folder);
        var whole = (await embedder.EmbedAsync(TestPictures.Bytes("alpha.png"), PictureViews.Whole, default)).Value!.Whole.ToArray();
        (whole[1] / whole[0]).ShouldBe((60 + 255f) / (200 + 255f), 0.01f);
    }

    [Theory]
    [InlineData("Sub")]
    [InlineData("Div")]
    public async Task A_vector_of_zeros_or_of_no_numbers_is_refused(string operation)
    {
        // x - x is zero everywhere; (x - x) / (x - x) is no number.
        byte[][] nodes = operation == "Sub"
            ? [OnnxFile.Mean("pixels", "m", 2, 3), OnnxFile.Node("Sub", ("m", "m"), "mean")]
            : [OnnxFile.Mean("pixels", "m", 2, 3), OnnxFile.Node("Sub", ("m", "m"), "zero"), OnnxFile.Node("Div", ("zero", "zero"), "mean")];
        using var folder = new TestModelFolder(OnnxFile.Write(("pixels", OnnxFile.Float32, [-1, 3, 24, 32]), ("mean", [-1, 3]), nodes));
        await using var embedder = Open(folder);
        (await embedder.EmbedAsync(TestPictures.Bytes("plain.png"), PictureViews.Whole, default)).Failure!.Code.ShouldBe(FailureCode.PictureHasNoVector);
    }

    private static void Bytes(JsonObject manifest)
    {
        manifest["input"]!["dtype"] = "uint8";
        manifest["input"]!["layout"] = "NHWC";
    }

    private static OnnxPictureEmbedder Open(TestModelFolder folder) =>
        OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = folder.Path, Lanes = 1 }, NullLogger.Instance);

    // The network's own output, before it is normalised.
    private static float[] Run(byte[] onnx, Action<JsonObject>? change = null)
    {
        using var folder = new TestModelFolder(onnx, change);
        var manifest = ManifestReader.Read(folder.Path);
        using var session = EmbeddingSession.Open(manifest);
        using var lane = session.NewLane();
        var file = TestPictures.Bytes("rgb16.png");
        new PictureDecoder(manifest.Input).Decode(file, TestPictures.Header(file), null, lane.Pixels).ShouldBeNull();
        lane.Run();
        return lane.Embedding.ToArray();
    }
}
