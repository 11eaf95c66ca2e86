using ImageSearch.Embedding.Models;
using ImageSearch.Embedding.Tests.Golden;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Embedding.Tests.Lanes;

/// <summary>One process embeds for tables of several models.</summary>
public sealed class SeveralModelsTests
{
    private static readonly ModelIdentity Version1 = ModelFolder.Identify(TestModels.Default);
    private static readonly ModelIdentity Version2 = ModelFolder.Identify(TestModels.Of("v2"));

    [Fact]
    public async Task A_table_s_pictures_are_embedded_by_its_model_as_if_it_were_the_only_one()
    {
        await using var alone = Open("lite0-ret-512-sal");
        await using var both = Open("v2", TestModels.All);
        var expected = await EmbedAsync(alone, null);
        var vectors = await EmbedAsync(both, Version1);
        vectors.Model.ShouldBe(Version1);
        vectors.Whole.ToArray().ShouldBe(expected.Whole.ToArray());
        vectors.MainObject!.Value.ToArray().ShouldBe(expected.MainObject!.Value.ToArray());
    }

    [Fact]
    public async Task A_picture_without_a_table_is_embedded_by_the_model_of_new_tables()
    {
        await using var embedder = Open("v2", TestModels.All);
        (await EmbedAsync(embedder, null)).Model.ShouldBe(Version2);
    }

    [Fact]
    public async Task Concurrent_first_pictures_of_a_model_load_it_once()
    {
        await using var embedder = Open("v2", TestModels.All);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EmbedAsync(embedder, Version1)));
        foreach (var vectors in all) vectors.Whole.ToArray().ShouldBe(all[0].Whole.ToArray());
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_named_with_those_that_are()
    {
        await using var embedder = Open("v2", TestModels.All);
        var failure = await FailAsync(embedder, new ModelIdentity("resnet50", "9", 2048));
        failure.Code.ShouldBe(FailureCode.ModelMismatch);
        failure.Message.ShouldContain("resnet50 9 (2048 values)");
        failure.Message.ShouldContain("MODELS_PATH");
        failure.Message.ShouldContain("lite0-ret-512-sal 1.0.0");
    }

    [Fact]
    public async Task A_model_that_is_copied_while_the_service_runs_is_found()
    {
        var folder = Directory.CreateTempSubdirectory("imagesearch-models-");
        try
        {
            await using var embedder = Open("v2", folder.FullName);
            await FailAsync(embedder, Version1);
            var copy = folder.CreateSubdirectory("shop");
            foreach (var file in Directory.EnumerateFiles(TestModels.Default))
                File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            (await EmbedAsync(embedder, Version1)).Model.ShouldBe(Version1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("lite0-ret-512-sal", true)]
    [InlineData("v2", false)]
    public async Task The_recommended_views_are_those_of_the_model(string model, bool hasMainObject)
    {
        await using var embedder = Open(model);
        var vectors = (await embedder.EmbedAsync(GoldenPictures.Bytes("scene_0.png"), PictureViews.Recommended, EmbeddingTarget.NewTable, default)).Value;
        vectors.ShouldNotBeNull().MainObject.HasValue.ShouldBe(hasMainObject);
    }

    private static OnnxPictureEmbedder Open(string model, params string[] folders) => OnnxPictureEmbedder.Open(
        new EmbeddingOptions { ModelPath = TestModels.Of(model), ModelFolders = folders, Lanes = 2 }, NullLogger.Instance);

    private static async Task<PictureVectors> EmbedAsync(OnnxPictureEmbedder embedder, ModelIdentity? model) =>
        (await CallAsync(embedder, model)).Value.ShouldNotBeNull();

    private static async Task<Failure> FailAsync(OnnxPictureEmbedder embedder, ModelIdentity model) =>
        (await CallAsync(embedder, model)).Failure.ShouldNotBeNull();

    private static Task<Result<PictureVectors>> CallAsync(OnnxPictureEmbedder embedder, ModelIdentity? model) => embedder.EmbedAsync(
        GoldenPictures.Bytes("scene_0.png"), PictureViews.WholeAndMainObject, new EmbeddingTarget(model, EmbeddingUse.Search), default);
}
