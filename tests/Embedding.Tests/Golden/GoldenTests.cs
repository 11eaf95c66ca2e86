using System.Security.Cryptography;
using ImageSearch.Embedding.Inference;
using ImageSearch.Embedding.Models;

namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>The results equal those of the Python reference.</summary>
public sealed class GoldenTests(GoldenModels models) : IClassFixture<GoldenModels>
{
    public static TheoryData<string> Names() => [.. GoldenVersion.All.Select(version => version.Model)];

    public static TheoryData<string, string> Files()
    {
        var files = new TheoryData<string, string>();
        foreach (var version in GoldenVersion.All)
        {
            foreach (var picture in version.Float) files.Add(version.Model, picture.File);
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_vector_agrees_with_the_reference(string model, string file)
    {
        var (golden, opened) = Run(model, file);
        // The reference scales all pixels; loaders shrink first, those of version 2 to fewer pixels.
        var resized = opened.Manifest.Input.MinOversampling < 2 ? 0.998 : 0.999;
        Similarity.Cosine(opened.Lane.Embedding, golden.Embedding).ShouldBeGreaterThanOrEqualTo(golden.IsExact ? 0.9999 : resized);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_saliency_map_agrees_with_the_reference(string model, string file)
    {
        var (golden, opened) = Run(model, file);
        var differences = golden.Saliency.Zip(opened.Lane.Saliency.ToArray(), (a, b) => Math.Abs(a - b)).ToList();
        if (golden.IsExact) differences.Max().ShouldBeLessThan(1e-3f);
        differences.Average().ShouldBeLessThan(0.03f);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_main_object_agrees_with_the_reference(string model, string file)
    {
        var (golden, opened) = (Find(model, file), models.Open(model));
        var header = opened.Run(GoldenVersion.Of(model).Bytes(file), box: null);
        SaliencyBox.Find(opened.Lane.Saliency, ReferenceSaliency(opened), opened.Manifest.Input, header.Width, header.Height).ShouldBe(golden.Box);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_vector_of_the_main_object_agrees_with_the_reference(string model, string file)
    {
        var golden = Find(model, file);
        if (golden.Box is not { } box) return;
        models.Open(model).Run(GoldenVersion.Of(model).Bytes(file), box);
        Similarity.Cosine(models.Open(model).Lane.Embedding, golden.CropEmbedding).ShouldBeGreaterThanOrEqualTo(0.999);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pictures_of_the_input_size_are_passed_to_the_network_unchanged(string model)
    {
        foreach (var golden in GoldenVersion.Of(model).Float.Where(p => p is { IsExact: true, TensorSha256: not null }))
        {
            var (_, opened) = Run(model, golden.File);
            Convert.ToHexStringLower(SHA256.HashData(opened.Lane.Pixels)).ShouldBe(golden.TensorSha256, golden.File);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_int8_model_agrees_with_the_reference_within_the_differences_between_processors(string model)
    {
        var version = GoldenVersion.Of(model);
        using var opened = new GoldenModel(version.Int8Folder);
        foreach (var golden in version.Int8)
        {
            opened.Run(version.Bytes(golden.File), box: null);
            Similarity.Cosine(opened.Lane.Embedding, golden.Embedding).ShouldBeGreaterThanOrEqualTo(0.97, golden.File);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void All_cases_of_the_box_rule_agree_with_the_reference(string model)
    {
        var opened = models.Open(model);
        var cases = GoldenVersion.Of(model).BoxCases().ToList();
        cases.Count.ShouldBe(GoldenVersion.Of(model).BoxCaseCount);
        foreach (var (map, width, height, box) in cases)
            SaliencyBox.Find(map, ReferenceSaliency(opened), opened.Manifest.Input, width, height).ShouldBe(box);
    }

    // The reference has one rule for all models; a manifest may discard more boxes.
    private static SaliencySpec ReferenceSaliency(GoldenModel model)
    {
        var saliency = model.Manifest.Saliency!;
        return saliency with { Box = saliency.Box with { MaxArea = 0.8 } };
    }

    private static GoldenPicture Find(string model, string file) => GoldenVersion.Of(model).Float.Single(p => p.File == file);

    private (GoldenPicture Golden, GoldenModel Model) Run(string model, string file)
    {
        var opened = models.Open(model);
        opened.Run(GoldenVersion.Of(model).Bytes(file), box: null);
        return (Find(model, file), opened);
    }
}
