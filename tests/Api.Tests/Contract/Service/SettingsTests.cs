using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

[Collection(ConfiguredCollection.Name)]
public sealed class SettingsTests(ConfiguredService service)
{
    private readonly MilvusImgClient _pictures = new(service.Client);
    private readonly SimClient _library = new(service.Client);

    [Fact]
    public async Task DEFAULT_TABLE_is_the_table_of_calls_without_one()
    {
        await _pictures.TableAsync("shop_pictures");
        MilvusImgClient.IdOf(await _pictures.AddAsync(new { image = GoldenPicture.Arrow.Base64() }));

        (await _pictures.CountAsync("shop_pictures")).ShouldBe(MilvusImgClient.Data(1));
        MilvusImgClient.FoundIn(await _pictures.SearchAsync(new { table = "", image = GoldenPicture.Arrow.Base64() })).Count.ShouldBe(1);
    }

    [Fact]
    public async Task TOP_K_is_the_number_of_hits_of_searches_without_one()
    {
        var table = await FilledTableAsync();
        MilvusImgClient.FoundIn(await _pictures.SearchAsync(new { table, image = GoldenPicture.Arrow.Base64() })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_inner_product_is_1_for_the_same_picture_and_the_nearest_comes_first()
    {
        var found = await _pictures.FoundAsync(await FilledTableAsync(), GoldenPicture.Arrow);

        found.Count.ShouldBe(GoldenPicture.Different.Count);
        found[0].Distance.ShouldBe(1, 1e-5);
        found.Select(hit => hit.Distance).ShouldBeInOrder(SortDirection.Descending);
        found.ShouldAllBe(hit => hit.Distance >= -1 && hit.Distance <= 1);
        found[1].Distance.ShouldBeLessThan(0.75);
    }

    [Fact]
    public async Task SIM_TABLE_names_the_library()
    {
        (await _library.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Wrench, ("key", "wrench")))).ShouldBe(SimClient.Added);

        (await _pictures.FoundAsync("shop_library", GoldenPicture.Wrench)).ShouldHaveSingleItem().Distance.ShouldBe(1, 1e-5);
        (await _library.PostAsync("del/key", new { key = "wrench" })).ShouldBe(SimClient.Deleted(1));
    }

    [Fact]
    public async Task SIM_UPSERT_replaces_the_picture_of_a_key()
    {
        var table = SimClient.NewLibrary();
        await _library.AddAsync(table, GoldenPicture.Arrow, "k");
        await _library.AddAsync(table, GoldenPicture.Arrow, "other");
        var before = (await _library.FoundAsync(table, GoldenPicture.Arrow)).Single(hit => hit.Key == "k");

        await _library.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Flag, ("key", "k"), ("imgPath", "new.png"), ("table", table)));

        var found = await _library.FoundAsync(table, GoldenPicture.Flag);
        found.Select(hit => hit.Key).ShouldBe(["k", "other"]);
        (found[0].Id, found[0].FilePath).ShouldBe((before.Id, "new.png"));
        found[0].Score.ShouldBe(1, 1e-5);
        (await _pictures.CountAsync(table)).ShouldBe(MilvusImgClient.Data(2));
    }

    [Fact]
    public async Task Without_a_view_of_the_main_object_a_scene_is_compared_as_a_whole()
    {
        var found = await _pictures.FoundAsync(await FilledTableAsync(), GoldenPicture.Scene);

        // Computed by the reference implementation for the whole scene (golden.json); the scene's main object is nearer, at 0.113.
        found.Single(hit => hit.Tags == "7").Distance.ShouldBe(0.036, 0.01);
    }

    private async Task<string> FilledTableAsync()
    {
        var table = await _pictures.NewTableAsync();
        for (var i = 0; i < GoldenPicture.Different.Count; i++) await _pictures.AddedAsync(table, GoldenPicture.Different[i], $"{i}");
        return table;
    }
}
