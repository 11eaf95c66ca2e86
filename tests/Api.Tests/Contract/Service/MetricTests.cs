using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class MetricTests(MetricTests.CosineService service) : IClassFixture<MetricTests.CosineService>
{
    private readonly MilvusImgClient _pictures = new(service.Client);

    [Fact]
    public async Task The_cosine_is_1_for_the_same_picture_and_the_nearest_comes_first()
    {
        var table = await _pictures.NewTableAsync();
        foreach (var picture in GoldenPicture.Different) await _pictures.AddedAsync(table, picture);

        var found = await _pictures.FoundAsync(table, GoldenPicture.Flag);

        found.Count.ShouldBe(GoldenPicture.Different.Count);
        found[0].Distance.ShouldBe(1, 1e-5);
        found.Select(hit => hit.Distance).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_scene_is_compared_by_its_main_object_too()
    {
        var table = await _pictures.NewTableAsync();
        await _pictures.AddedAsync(table, GoldenPicture.Folder);

        // Computed by the reference implementation (golden.json): 0.036 for the whole scene, 0.113 for its main object.
        (await _pictures.FoundAsync(table, GoldenPicture.Scene)).ShouldHaveSingleItem().Distance.ShouldBe(0.113, 0.01);
    }

    [Fact]
    public async Task The_score_of_a_library_s_hit_is_the_cosine_as_well()
    {
        var table = SimClient.NewLibrary();
        var library = new SimClient(service.Client);
        await library.AddAsync(table, GoldenPicture.Flag, "flag");
        await library.AddAsync(table, GoldenPicture.Arrow, "arrow");

        var found = await library.FoundAsync(table, GoldenPicture.Flag);

        found.Select(hit => hit.Key).ShouldBe(["flag", "arrow"]);
        found[0].Score.ShouldBe(1, 1e-5);
    }

    public sealed class CosineService : RunningService
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["METRIC_TYPE"] = "cosine" };
    }
}
