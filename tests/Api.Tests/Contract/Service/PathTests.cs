using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

[Collection(ConfiguredCollection.Name)]
public sealed class PathTests(ConfiguredService service)
{
    private readonly SimClient _calls = new(service.Client);

    [Theory]
    [InlineData("arrow.png")]
    [InlineData("shoes/鞋 1.png")]
    public async Task A_picture_below_a_root_is_added_and_its_path_is_returned(string name)
    {
        var table = SimClient.NewLibrary();
        var path = Path.Combine(service.Root, name);

        (await _calls.PostAsync("add/path", new { path, table })).ShouldBe(SimClient.Added);

        SimClient.FoundIn(await _calls.PostAsync("search/path", new { path, table })).ShouldHaveSingleItem().FilePath.ShouldBe(path);
    }

    [Fact]
    public async Task A_path_in_a_form_is_accepted_and_imgPath_takes_precedence()
    {
        var table = SimClient.NewLibrary();
        var path = Path.Combine(service.Root, "arrow.png");

        (await _calls.PostAsync("add/path", WireBody.Form(("path", path), ("imgPath", "shop/arrow.png"), ("table", table)))).ShouldBe(SimClient.Added);

        var found = SimClient.FoundIn(await _calls.PostAsync("search/path", WireBody.Form(("path", path), ("table", table)))).ShouldHaveSingleItem();
        found.FilePath.ShouldBe("shop/arrow.png");
        found.Score.ShouldBe(1, 1e-5);
    }

    [Fact]
    public async Task Missing_and_denied_files_have_the_same_answer()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, "k");
        var denied = await _calls.PostAsync("add/path", new { path = Path.Combine(service.Root, "missing.png"), table });
        SimClient.ErrorIn("存储", denied).Code.ShouldBe("path_denied");

        string[] paths =
        [
            service.Outside, "/etc/hostname", "/missing.png", "arrow.png", service.Root, service.Root + "/", $"{service.Root}/shoes",
            $"{service.Root}/../outside.png", $"{service.Root}/shoes/../arrow.png", $"{service.Root}/link.png",
            $"{service.Root}/folder/outside.png", $"{service.Root}/empty.png",
            $"{service.Root}x/arrow.png", $"file://{service.Root}/arrow.png", $"{service.Root}/arrow.png\0.txt", $"{service.Root}/arrow.png/",
        ];
        foreach (var path in paths)
        {
            (await _calls.PostAsync("add/path", new { path, table })).ShouldBe(denied, path);
            SimClient.ErrorIn("检索", await _calls.PostAsync("search/path", new { path, table })).ShouldBe(SimClient.ErrorIn("存储", denied), path);
        }

        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(1);
    }
}
