using System.Security.Cryptography;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>The results equal those of the Python reference.</summary>
public sealed class GoldenTests : IDisposable
{
    private static readonly ModelManifest Manifest = ManifestReader.Read(TestModels.Default);

    private readonly EmbeddingSession _session = EmbeddingSession.Open(Manifest);
    private readonly TensorLane _lane;
    private readonly PictureDecoder _decoder = new(Manifest.Input);

    public GoldenTests() => _lane = _session.NewLane();

    public static TheoryData<string> Files() => [.. GoldenPictures.Of("lite0-ret-512-sal.onnx").Select(p => p.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_vector_agrees_with_the_reference(string file)
    {
        var golden = Find(file);
        Run(golden, box: null);
        Similarity.Cosine(_lane.Embedding, golden.Embedding).ShouldBeGreaterThanOrEqualTo(golden.IsExact ? 0.9999 : 0.999);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_saliency_map_agrees_with_the_reference(string file)
    {
        var golden = Find(file);
        Run(golden, box: null);
        var differences = golden.Saliency.Zip(_lane.Saliency.ToArray(), (a, b) => Math.Abs(a - b)).ToList();
        if (golden.IsExact) differences.Max().ShouldBeLessThan(1e-3f);
        differences.Average().ShouldBeLessThan(0.03f);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_main_object_agrees_with_the_reference(string file)
    {
        var golden = Find(file);
        var header = Run(golden, box: null);
        SaliencyBox.Find(_lane.Saliency, Manifest.Saliency!, Manifest.Input, header.Width, header.Height).ShouldBe(golden.Box);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_vector_of_the_main_object_agrees_with_the_reference(string file)
    {
        var golden = Find(file);
        if (golden.Box is not { } box) return;
        Run(golden, box);
        Similarity.Cosine(_lane.Embedding, golden.CropEmbedding).ShouldBeGreaterThanOrEqualTo(0.999);
    }

    [Fact]
    public void Pictures_of_the_input_size_are_passed_to_the_network_unchanged()
    {
        foreach (var golden in GoldenPictures.Of("lite0-ret-512-sal.onnx").Where(p => p is { IsExact: true, TensorSha256: not null }))
        {
            Run(golden, box: null);
            Convert.ToHexStringLower(SHA256.HashData(_lane.Pixels)).ShouldBe(golden.TensorSha256, golden.File);
        }
    }

    [Fact]
    public void The_int8_model_agrees_with_the_reference_within_the_differences_between_processors()
    {
        var manifest = ManifestReader.Read(TestModels.Int8);
        using var session = EmbeddingSession.Open(manifest);
        using var lane = session.NewLane();
        foreach (var golden in GoldenPictures.Of("lite0-ret-512-sal.int8.onnx"))
        {
            _decoder.Decode(GoldenPictures.Bytes(golden.File), TestPictures.Header(GoldenPictures.Bytes(golden.File)), null, lane.Pixels).ShouldBeNull();
            session.Run(lane);
            Similarity.Cosine(lane.Embedding, golden.Embedding).ShouldBeGreaterThanOrEqualTo(0.97, golden.File);
        }
    }

    [Fact]
    public void All_cases_of_the_box_rule_agree_with_the_reference()
    {
        var cases = GoldenPictures.BoxCases().ToList();
        cases.Count.ShouldBe(128);
        foreach (var (map, width, height, box) in cases)
            SaliencyBox.Find(map, Manifest.Saliency!, Manifest.Input, width, height).ShouldBe(box);
    }

    public void Dispose()
    {
        _lane.Dispose();
        _session.Dispose();
    }

    private static GoldenPicture Find(string file) => GoldenPictures.Of("lite0-ret-512-sal.onnx").Single(p => p.File == file);

    private PictureHeader Run(GoldenPicture golden, PixelBox? box)
    {
        var bytes = GoldenPictures.Bytes(golden.File);
        var header = TestPictures.Header(bytes);
        _decoder.Decode(bytes, header, box, _lane.Pixels).ShouldBeNull();
        _session.Run(_lane);
        return header;
    }
}
