using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

[Collection(SimCollection.Name)]
public sealed class SearchTests(SimService service)
{
    private readonly SimClient _calls = service.Calls;

    [Fact]
    public async Task A_hit_begins_with_the_documented_keys()
    {
        var table = SimClient.NewLibrary();
        await _calls.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Arrow, ("key", "箭头"), ("imgPath", "a/b.png"), ("table", table)));

        (await _calls.PostAsync("search/file", WireBody.Multipart(GoldenPicture.Arrow, ("table", table)))).ShouldMatch(
            """^\{"msg":"检索图片成功!","code":200,"data":\[\{"key":"箭头","filepath":"a/b.png","id":[1-9][0-9]*,"distance":""");
    }

    [Fact]
    public async Task A_library_that_was_never_added_to_is_empty()
    {
        var table = SimClient.NewLibrary();
        var base64 = GoldenPicture.Arrow.Base64();
        (await _calls.PostAsync("search/file", WireBody.Multipart(GoldenPicture.Arrow, ("table", table)))).ShouldBe(SimClient.NothingFound);
        (await _calls.PostAsync("search/url", new { url = service.Shop.PictureUrl, table })).ShouldBe(SimClient.NothingFound);
        (await _calls.PostAsync("search/base64", new { base64, table })).ShouldBe(SimClient.NothingFound);
    }

    [Fact]
    public async Task A_library_whose_pictures_were_deleted_is_empty()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, "k");
        await _calls.PostAsync("del/key", new { key = "k", table });
        (await _calls.PostAsync("search/base64", new { base64 = GoldenPicture.Arrow.Base64(), table })).ShouldBe(SimClient.NothingFound);
    }

    [Fact]
    public async Task Hits_are_ordered_nearest_first()
    {
        var table = await FilledLibraryAsync();

        var found = await _calls.FoundAsync(table, GoldenPicture.Arrow);

        found[0].Key.ShouldBe("2");
        found[0].Distance.ShouldBe(0, 1e-5);
        found[0].Score.ShouldBe(1, 1e-5);
        found.Select(hit => hit.Distance).ShouldBeInOrder();
        found.Select(hit => hit.Score).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task The_default_limit_is_ten()
    {
        var table = await FilledLibraryAsync(more: 4);
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(10);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("1", 1)]
    [InlineData("1000", 8)]
    [InlineData("", 8)]
    public async Task A_limit_is_applied(string limit, int hits)
    {
        var table = await FilledLibraryAsync();
        var base64 = GoldenPicture.Arrow.Base64();
        var answers = new[]
        {
            await _calls.PostAsync("search/file", WireBody.Multipart(GoldenPicture.Arrow, ("table", table), ("limit", limit))),
            await _calls.PostAsync("search/url", WireBody.Form(("url", service.Shop.PictureUrl), ("table", table), ("limit", limit))),
            await _calls.PostAsync("search/base64", WireBody.Form(("base64", base64), ("table", table), ("limit", limit))),
            await _calls.PostAsync("search/base64", new { base64, table, limit }),
        };
        answers.Select(answer => SimClient.FoundIn(answer).Count).ShouldAllBe(count => count == hits);
    }

    [Fact]
    public async Task A_limit_may_be_a_JSON_number()
    {
        var table = await FilledLibraryAsync();
        SimClient.FoundIn(await _calls.PostAsync("search/url", new { url = service.Shop.PictureUrl, table, limit = 2 })).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("ten")]
    [InlineData("-1")]
    public async Task Another_limit_is_rejected_with_the_bounds(string limit) =>
        (await _calls.PostAsync("search/base64", new { base64 = GoldenPicture.Arrow.Base64(), limit })).ShouldBe(
            """{"msg":"检索图片失败!","code":500,"data":null,"error":{"code":"request_invalid","message":"limit must be a whole number from 1 to 1000"}}""");

    [Theory]
    [InlineData("")]
    [InlineData("data:image/png;base64,")]
    [InlineData("data:image/png;")]
    public async Task Base64_is_accepted_with_and_without_prefix_as_JSON_and_as_forms(string prefix)
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, "k");
        var base64 = prefix + GoldenPicture.Arrow.Base64();
        var answers = new[]
        {
            await _calls.PostAsync("search/base64", new { base64, table }),
            await _calls.PostAsync("search/base64", WireBody.Form(("base64", base64), ("table", table))),
            await _calls.PostAsync("search/base64", WireBody.Multipart(null, ("base64", base64), ("table", table))),
        };
        answers.ShouldAllBe(answer => SimClient.FoundIn(answer).Single().Distance < 1e-5);
    }

    [Fact]
    public async Task A_plus_sign_that_a_form_did_not_encode_is_accepted()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Flag, "k");
        var base64 = GoldenPicture.Flag.Base64();
        base64.ShouldContain('+');

        var answer = await _calls.PostAsync("search/base64", WireBody.Text($"table={table}&base64={base64}", "application/x-www-form-urlencoded"));

        SimClient.FoundIn(answer).ShouldHaveSingleItem().Distance.ShouldBe(0, 1e-5);
    }

    [Fact]
    public async Task Without_a_picture_the_field_is_named()
    {
        Error(await _calls.PostAsync("search/file", WireBody.Multipart(null, ("limit", "3")))).Message.ShouldStartWith("file is missing");
        Error(await _calls.PostAsync("search/url", new { limit = 3 })).Message.ShouldStartWith("url is missing");
        Error(await _calls.PostAsync("search/path", new { limit = 3 })).Message.ShouldStartWith("path is missing");
        Error(await _calls.PostAsync("search/base64", new { limit = 3 })).Message.ShouldStartWith("base64 is missing");
        Error(await _calls.PostAsync("search/base64", new { base64 = "" })).Message.ShouldStartWith("base64 is missing");
    }

    [Fact]
    public async Task Bytes_that_are_not_a_picture_is_rejected_with_the_reason()
    {
        Error(await _calls.PostAsync("search/base64", new { base64 = "no picture!" })).Code.ShouldBe("base64_invalid");
        Error(await _calls.PostAsync("search/url", new { url = "http://127.0.0.1:9/" })).Code.ShouldBe("url_forbidden");
        Error(await _calls.PostAsync("search/url", new { url = "shoe" })).Code.ShouldBe("url_invalid");
        Error(await _calls.PostAsync("search/path", new { path = "/etc/hostname" })).Code.ShouldBe("path_denied");
        Error(await _calls.PostAsync("search/file", WireBody.Multipart("text"u8.ToArray()))).Code.ShouldBe("picture_type_unknown");
    }

    [Fact]
    public async Task Bytes_that_are_not_a_picture_is_rejected_with_the_same_words_by_a_library_with_pictures()
    {
        var (empty, filled) = (SimClient.NewLibrary(), SimClient.NewLibrary());
        await _calls.AddAsync(filled, GoldenPicture.Flag, "k");
        foreach (var path in new[] { "/etc/hostname", "relative.png" })
            (await _calls.PostAsync("search/path", new { path, table = filled })).ShouldBe(await _calls.PostAsync("search/path", new { path, table = empty }));
        foreach (var url in new[] { service.Shop.MissingUrl, service.Shop.PageUrl })
            (await _calls.PostAsync("search/url", new { url, table = filled })).ShouldBe(await _calls.PostAsync("search/url", new { url, table = empty }));
    }

    [Fact]
    public async Task The_reason_of_a_failure_is_logged()
    {
        await _calls.PostAsync("search/url", new { url = "http://user:secret@shop.example/shoe.png" });
        await service.Process.PrintsAsync("HTTP: POST /api/image/sim/search/url failed with UrlInvalid: url must not hold a user name or password");
        service.Process.Output.ShouldNotContain("user:secret");
    }

    private static (string Code, string Message) Error(string answer) => SimClient.ErrorIn("检索", answer);

    private async Task<string> FilledLibraryAsync(int more = 0)
    {
        var table = SimClient.NewLibrary();
        for (var i = 0; i < GoldenPicture.Different.Count; i++) await _calls.AddAsync(table, GoldenPicture.Different[i], $"{i}");
        for (var i = 0; i < more; i++) await _calls.AddAsync(table, GoldenPicture.Wine, "wine");
        return table;
    }
}
