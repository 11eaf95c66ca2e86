using ImageSearch.Api.Tests.Running;
using Xunit.Abstractions;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>60 pictures, 42 searches, 12 of them scenes: a picture of the gallery on another background.</summary>
public sealed class SmallSetTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Pictures_are_found_again_through_the_milvus_img_api()
    {
        await using var service = await ServiceProcess.StartAsync();
        CheckAllFound(await Retrieval.RunAsync(new MilvusImgPictures(service.Client), RetrievalSet.Small));
    }

    [Fact]
    public async Task Pictures_are_found_again_through_the_image_sim_api()
    {
        await using var service = await ServiceProcess.StartAsync();
        CheckAllFound(await Retrieval.RunAsync(new SimPictures(service.Client), RetrievalSet.Small));
    }

    [Fact]
    public async Task Version_1_finds_scenes_by_the_main_object()
    {
        await using var service = await ServiceProcess.StartAsync(new Dictionary<string, string> { ["MODEL"] = "lite0-ret-512-sal" });
        CheckAllFound(await Retrieval.RunAsync(new MilvusImgPictures(service.Client), RetrievalSet.Small));
    }

    // Shows that the test above depends on the main object.
    [Fact]
    public async Task Without_the_main_object_version_1_misses_scenes()
    {
        await using var service = await ServiceProcess.StartAsync(
            new Dictionary<string, string> { ["MODEL"] = "lite0-ret-512-sal", ["MAIN_OBJECT"] = "off" });
        var figures = await Retrieval.RunAsync(new MilvusImgPictures(service.Client), RetrievalSet.Small);

        output.WriteLine(figures.ToString());
        figures.MissedAt(1).ShouldBeGreaterThan(MaxMissedAt1 + 2, figures.ToString());
    }

    // Measured: none missed. Rounding on another processor may move a target that is barely first.
    private const int MaxMissedAt1 = 2;
    private const int MaxMissedAt10 = 0;

    private void CheckAllFound(RetrievalFigures figures)
    {
        output.WriteLine(figures.ToString());
        figures.MissedAt(1).ShouldBeLessThanOrEqualTo(MaxMissedAt1, figures.ToString());
        figures.MissedAt(10).ShouldBeLessThanOrEqualTo(MaxMissedAt10, figures.ToString());
    }
}
