using System.Text.Json.Nodes;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Golden;

namespace ImageSearch.Embedding.Tests.Inference;

/// <summary>Sessions of one network with other threads or arithmetic, and the choice between them.</summary>
public sealed class SessionFormsTests
{
    [Theory]
    [InlineData("lite0-ret-512-sal")]
    [InlineData("v2")]
    [InlineData("v2-160")]
    [InlineData("v2-int8")]
    public void Several_threads_compute_the_same_vector_bit_for_bit(string model)
    {
        var manifest = ManifestReader.Read(TestModels.Of(model));
        using var one = EmbeddingSession.Open(manifest);
        using var two = EmbeddingSession.Open(manifest, threads: 2);
        foreach (var file in new[] { "scene_0.png", "decode_2.jpg" }) Embed(two, file).ShouldBe(Embed(one, file));
    }

    [Theory]
    [InlineData("v2-int8")]
    [InlineData("v2-160-int8")]
    public void The_int8_models_agree_with_their_golden_vectors(string model)
    {
        using var session = EmbeddingSession.Open(ManifestReader.Read(TestModels.Of(model)));
        session.Manifest.Golden.Count.ShouldBe(3);
        GoldenCheck.Passes(session).ShouldBeTrue();
    }

    [Fact]
    public void An_int8_session_with_other_vectors_is_not_chosen()
    {
        using var wrong = new CopiedModel("v2-int8", manifest => manifest["golden"]![1]!["vector"] = Convert.ToBase64String(Ones()));
        var single = EmbeddingSession.Open(ManifestReader.Read(TestModels.Of("v2")));
        using var chosen = PrecisionChoice.Faster(single, EmbeddingSession.Open(ManifestReader.Read(wrong.Path)));
        chosen.ShouldBe(single);
    }

    [Fact]
    public async Task An_int8_table_is_served_by_the_same_graph_in_float_if_the_kernels_compute_other_vectors()
    {
        using var wrong = new CopiedModel("v2-int8", manifest => manifest["golden"]![1]!["vector"] = Convert.ToBase64String(Ones()));
        var manifest = ManifestReader.Read(wrong.Path);
        using var exact = EmbeddingSession.Open(manifest, int8Kernels: false);
        await using var model = LoadedModel.Open(manifest, Options("v2-int8", ModelPrecision.Float));
        using var lane = model.NewLane();
        Decode(manifest, "scene_0.png", lane);
        model.Run(lane, isAlone: true);
        lane.Embedding.ToArray().ShouldBe(Embed(exact, "scene_0.png"));
    }

    [Fact]
    public void Without_exact_int8_arithmetic_new_tables_get_the_float_model()
    {
        using var chosen = PrecisionChoice.Open(Options("v2", ModelPrecision.Auto));
        if (!ExactInt8.IsSupported) chosen.Manifest.Identity.Name.ShouldBe("lite0-ret-512-v2");
        else chosen.Manifest.Identity.Name.ShouldStartWith("lite0-ret-512-v2");
    }

    [Theory]
    [InlineData("Float", "lite0-ret-512-v2")]
    [InlineData("Int8", "lite0-ret-512-v2-int8")]
    public void A_precision_can_be_chosen(string precision, string name)
    {
        using var chosen = PrecisionChoice.Open(Options("v2", Enum.Parse<ModelPrecision>(precision)));
        chosen.Manifest.Identity.Name.ShouldBe(name);
    }

    private static float[] Embed(EmbeddingSession session, string file)
    {
        using var lane = session.NewLane();
        Decode(session.Manifest, file, lane);
        session.Run(lane);
        return lane.Embedding.ToArray();
    }

    private static void Decode(ModelManifest manifest, string file, TensorLane lane) =>
        TestPictures.Decode(GoldenPictures.Bytes(file), manifest.Input).CopyTo(lane.Pixels, 0);

    private static EmbeddingOptions Options(string model, ModelPrecision precision) =>
        new() { ModelPath = TestModels.Of(model), Precision = precision, Lanes = 1 };

    private static byte[] Ones() => [.. Enumerable.Repeat(BitConverter.GetBytes(1 / MathF.Sqrt(512)), 512).SelectMany(bytes => bytes)];

    /// <summary>A copy of an included model with a changed manifest.</summary>
    private sealed class CopiedModel : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-model-");

        internal CopiedModel(string name, Action<JsonNode> change)
        {
            foreach (var file in Directory.EnumerateFiles(TestModels.Of(name)))
                File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)));
            var manifest = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "manifest.json")))!;
            change(manifest);
            File.WriteAllText(System.IO.Path.Combine(Path, "manifest.json"), manifest.ToJsonString());
        }

        internal string Path => _folder.FullName;

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
