using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

[Collection(SimCollection.Name)]
public sealed class AddTests(SimService service)
{
    private readonly SimClient _calls = service.Calls;

    [Fact]
    public async Task A_file_is_added()
    {
        var table = SimClient.NewLibrary();

        (await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Arrow, ("key", "k"), ("imgPath", "p"), ("table", table))))
            .ShouldBe("""{"msg":"存储图片成功!","code":200,"data":true}""");

        var found = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem();
        (found.Key, found.FilePath).ShouldBe(("k", "p"));
    }

    [Fact]
    public async Task A_url_is_added_as_JSON()
    {
        var table = SimClient.NewLibrary();
        (await _calls.PostAsync("add/url", new { url = service.Shop.PictureUrl, key = "k", table })).ShouldBe(SimClient.Added);
        (await _calls.FoundAsync(table, GoldenPicture.Bottle)).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task A_url_is_added_as_a_form()
    {
        var table = SimClient.NewLibrary();
        (await _calls.PostAsync("add/url", WireBody.Form(("url", service.Shop.PictureUrl), ("key", "k"), ("table", table)))).ShouldBe(SimClient.Added);
        (await _calls.FoundAsync(table, GoldenPicture.Bottle)).ShouldHaveSingleItem().Key.ShouldBe("k");
    }

    [Fact]
    public async Task A_url_is_added_as_a_multipart_form()
    {
        var table = SimClient.NewLibrary();
        (await _calls.PostAsync("add/url", WireBody.Multipart(null, ("url", service.Shop.PictureUrl), ("key", "k"), ("table", table))))
            .ShouldBe(SimClient.Added);
    }

    [Fact]
    [SuppressMessage("Security", "CA5351", Justification = "The key of the documented API.")]
    public async Task Without_a_key_the_MD5_of_the_bytes_is_the_key()
    {
        var table = SimClient.NewLibrary();
        await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Bottle, ("table", table)));
        await _calls.PostAsync("add/url", new { url = service.Shop.PictureUrl, key = "", table });
        await _calls.PostAsync("add/url", new { url = service.Shop.PictureUrl, key = (string?)null, table });

        var md5 = Convert.ToHexStringLower(MD5.HashData(GoldenPicture.Bottle));
        (await _calls.FoundAsync(table, GoldenPicture.Bottle)).Select(hit => hit.Key).ShouldBe([md5, md5, md5]);
    }

    [Fact]
    public async Task The_same_key_twice_makes_two_rows()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, "k");
        await _calls.AddAsync(table, GoldenPicture.Arrow, "k");
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Select(hit => hit.Key).ShouldBe(["k", "k"]);
    }

    [Fact]
    public async Task The_file_path_is_imgPath_or_else_the_url_or_else_empty()
    {
        var (given, url, none) = (SimClient.NewLibrary(), SimClient.NewLibrary(), SimClient.NewLibrary());
        await _calls.PostAsync("add/url", new { url = service.Shop.PictureUrl, imgPath = "鞋/1.png", table = given });
        await _calls.PostAsync("add/url", new { url = service.Shop.PictureUrl, table = url });
        await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Bottle, ("table", none)));

        (await _calls.FoundAsync(given, GoldenPicture.Bottle)).ShouldHaveSingleItem().FilePath.ShouldBe("鞋/1.png");
        (await _calls.FoundAsync(url, GoldenPicture.Bottle)).ShouldHaveSingleItem().FilePath.ShouldBe(service.Shop.PictureUrl);
        (await _calls.FoundAsync(none, GoldenPicture.Bottle)).ShouldHaveSingleItem().FilePath.ShouldBe("");
    }

    [Fact]
    public async Task Without_a_picture_the_field_is_named()
    {
        Error(await _calls.PostAsync("add/file", WireBody.Multipart(null, ("key", "k")))).ShouldStartWith("file is missing");
        Error(await _calls.PostAsync("add/url", new { key = "k" })).ShouldStartWith("url is missing");
        Error(await _calls.PostAsync("add/url", new { url = " " })).ShouldStartWith("url is missing");
        Error(await _calls.PostAsync("add/path", new { key = "k" })).ShouldStartWith("path is missing");
        Error(await _calls.PostAsync("add/file", new { key = "k" })).ShouldStartWith("file is missing");
        Error(await _calls.PostAsync("add/url", null)).ShouldStartWith("url is missing");
    }

    [Fact]
    public async Task A_rejected_picture_creates_no_row()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Flag, "flag");

        SimClient.ErrorIn("存储", await _calls.PostAsync("add/file", WireBody.Multipart("text"u8.ToArray(), ("table", table))))
            .Code.ShouldBe("picture_type_unknown");
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Flag[..900], ("table", table))))
            .Code.ShouldBe("picture_truncated");
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/file", WireBody.Multipart([], ("table", table))));
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/url", new { url = service.Shop.MissingUrl, table })).Code.ShouldBe("url_unreachable");
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/url", new { url = "http://127.0.0.1:9/", table })).Code.ShouldBe("url_forbidden");

        (await _calls.FoundAsync(table, GoldenPicture.Flag)).ShouldHaveSingleItem().Key.ShouldBe("flag");
    }

    [Fact]
    public async Task Too_long_texts_are_rejected_with_the_limit()
    {
        Error(await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Arrow, ("key", new string('k', 256)))))
            .ShouldBe("key is 256 characters long, at most 255 are kept");
        Error(await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Arrow, ("imgPath", new string('p', 1001)))))
            .ShouldBe("imgPath is 1001 characters long, at most 1000 are kept");
    }

    [Fact]
    public async Task An_invalid_table_name_is_rejected() =>
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Arrow, ("table", "鞋"))))
            .Code.ShouldBe("table_name_invalid");

    [Fact]
    public async Task A_path_is_rejected_without_configured_roots()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "data", "golden", "exact_0.png");
        var existing = await _calls.PostAsync("add/path", new { path });
        SimClient.ErrorIn("存储", existing).Code.ShouldBe("path_denied");
        (await _calls.PostAsync("add/path", new { path = "/missing.png" })).ShouldBe(existing);
    }

    private static string Error(string answer)
    {
        var (code, message) = SimClient.ErrorIn("存储", answer);
        code.ShouldBe("request_invalid");
        return message;
    }
}
