using System.Net;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Imports of lists of pictures.</summary>
public sealed class ImportTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);
    private readonly MilvusImgClient _calls = new(service.Client);

    [Fact]
    public async Task Pictures_behind_urls_and_in_folders_become_searchable_with_their_texts()
    {
        await ImportClient.CreateAsync(service.Client, "both");
        var path = service.Pictures.Put("arrow.png", GoldenPicture.Arrow);

        var id = await _imports.BeginAsync(
            "both",
            ImportClient.Line(new { url = service.Shop.PictureUrl, key = "bottle", tags = "瓶子", brief = "a bottle" }),
            ImportClient.Line(new { path, tags = "arrow" }));
        var import = await _imports.UntilEndedAsync(id);

        ImportClient.State(import).ShouldBe("finished");
        ImportClient.Counts(import).ShouldBe((2, 2, 0));
        (await _calls.FoundAsync("both", GoldenPicture.Bottle, 1))[0].Tags.ShouldBe("瓶子");
        (await _calls.FoundAsync("both", GoldenPicture.Arrow, 1))[0].Tags.ShouldBe("arrow");
    }

    [Fact]
    public async Task The_answer_has_the_location_of_the_import()
    {
        await ImportClient.CreateAsync(service.Client, "asked");

        var (status, body) = await _imports.PostAsync("asked", ImportClient.Line(new { url = service.Shop.PictureUrl }));

        status.ShouldBe(HttpStatusCode.Accepted);
        body.GetProperty("table").GetString().ShouldBe("asked");
        var listed = (await _imports.SendAsync(HttpMethod.Get, "/v1/imports")).Body.GetProperty("imports").EnumerateArray();
        listed.ShouldContain(import => import.GetProperty("id").GetString() == body.GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_same_list_again_replaces_its_rows()
    {
        await ImportClient.CreateAsync(service.Client, "twice");
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => ImportClient.Line(new { url = service.Shop.PictureUrl, key = $"k{i}" }))];

        for (var i = 0; i < 2; i++) await _imports.UntilEndedAsync(await _imports.BeginAsync("twice", lines));

        (await _calls.CountAsync("twice")).ShouldBe(MilvusImgClient.Data(40));
    }

    [Fact]
    public async Task Pictures_that_cannot_be_imported_are_listed_by_line_and_the_others_are_imported()
    {
        await ImportClient.CreateAsync(service.Client, "mixed");
        var id = await _imports.BeginAsync(
            "mixed",
            ImportClient.Line(new { url = service.Shop.PictureUrl, key = "good" }),
            "",
            ImportClient.Line(new { url = service.Shop.PageUrl, key = "a page" }),
            ImportClient.Line(new { path = "/etc/passwd", key = "not allowed" }),
            ImportClient.Line(new { url = "http://169.254.169.254/latest/meta-data", key = "inner network" }));

        var import = await _imports.UntilEndedAsync(id);
        var (_, listed) = await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{id}/failures");

        ImportClient.State(import).ShouldBe("finished");
        ImportClient.Counts(import).ShouldBe((4, 1, 3));
        listed.GetProperty("failures").EnumerateArray()
            .Select(failure => (failure.GetProperty("line").GetInt64(), failure.GetProperty("key").GetString(), failure.GetProperty("code").GetString()))
            .ShouldBe([(3, "a page", "picture_type_unknown"), (4, "not allowed", "path_denied"), (5, "inner network", "url_forbidden")]);
    }

    [Fact]
    public async Task A_presigned_url_is_accepted_and_a_key_is_trimmed()
    {
        await ImportClient.CreateAsync(service.Client, "presigned");
        var url = $"{service.Shop.PictureUrl}?X-Amz-Security-Token={new string('A', 7_000)}";

        var import = await _imports.UntilEndedAsync(
            await _imports.BeginAsync("presigned", ImportClient.Line(new { url, key = "a" }), ImportClient.Line(new { url, key = " b " })));
        var (status, twice) = await _imports.PostAsync("presigned", ImportClient.Line(new { url, key = "a" }), ImportClient.Line(new { url, key = " a" }));
        var (_, tooLong) = await _imports.PostAsync("presigned", ImportClient.Line(new { url = url + new string('A', 2_000), key = "a" }));

        ImportClient.Counts(import).ShouldBe((2, 2, 0));
        status.ShouldBe(HttpStatusCode.BadRequest);
        twice.GetProperty("detail").GetString()!.ShouldStartWith("line 2: its key is that of line 1");
        tooLong.GetProperty("detail").GetString()!.ShouldStartWith("line 1: url is ");
    }

    [Fact]
    public async Task An_import_into_a_missing_table_is_rejected()
    {
        var (status, body) = await _imports.PostAsync("nowhere", ImportClient.Line(new { url = service.Shop.PictureUrl }));

        status.ShouldBe(HttpStatusCode.NotFound);
        body.GetProperty("code").GetString().ShouldBe("table_not_found");
    }

    [Fact]
    public async Task The_same_list_with_the_same_idempotency_key_is_one_import()
    {
        await ImportClient.CreateAsync(service.Client, "once");
        var list = ImportClient.Line(new { url = service.Shop.PictureUrl, key = "a" });

        var first = await _imports.BeginOnceAsync("once", "order-1", list);
        await _imports.UntilEndedAsync(first);
        var again = await _imports.BeginOnceAsync("once", "order-1", list);
        var other = await _imports.BeginOnceAsync("once", "order-2", list);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("", "the list is empty")]
    [InlineData("""{"url":"http://a/b.png"}""" + "\n{", "line 2: it is not a JSON object in UTF-8, alone on its line")]
    [InlineData("""{"url":"http://a/b.png","server_path":"/c.png"}""", "line 1: server_path can't be given together with url")]
    [InlineData("""{"url":"http://a/1.png","key":"a"}""" + "\n\n" + """{"url":"http://a/2.png","key":"a"}""", "line 3: its key is that of line 1")]
    [InlineData("""{"key":"a"}""", "line 1: it has no picture: send url, path, server_path, image or vector")]
    [InlineData("""{"url":"http://a/b.png","tag":"x"}""", "line 1: the field tag is unknown, a line may have url, path, server_path, key, tags, brief")]
    [InlineData("""{"url":7,"tags":"123456789012345678901234567890123"}""", "line 1: tags is 33 characters long, at most 32 are kept")]
    [InlineData("""{"url":["http://a/b.png"]}""", "line 1: url must be a text")]
    public async Task A_list_with_an_error_begins_no_import_and_names_the_line(string list, string reason)
    {
        await ImportClient.CreateAsync(service.Client, "mistaken");
        var before = await CountImportsAsync("mistaken");

        var (status, body) = await _imports.PostAsync("mistaken", list);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("detail").GetString()!.ShouldStartWith(reason);
        (await CountImportsAsync("mistaken")).ShouldBe(before);
    }

    [Fact]
    public async Task A_cancelled_import_stops_and_keeps_the_pictures_already_imported()
    {
        await ImportClient.CreateAsync(service.Client, "cancelled");
        string[] lines = [.. Enumerable.Range(0, 2_000).Select(i => ImportClient.Line(new { url = service.Shop.PictureUrl, key = $"k{i}" }))];
        var id = await _imports.BeginAsync("cancelled", lines);
        await _imports.UntilAsync(id, import => ImportClient.Counts(import).Stored > 0);

        var (_, cancelled) = await _imports.SendAsync(HttpMethod.Delete, $"/v1/imports/{id}");

        ImportClient.State(cancelled).ShouldBe("cancelled");
        cancelled.GetProperty("ended").GetString().ShouldNotBeNull();
        ImportClient.Counts(await _imports.DescribeAsync(id)).Stored.ShouldBeInRange(1, 1_999);
    }

    [Fact]
    public async Task An_import_into_a_table_that_is_dropped_fails_and_leaves_the_next_of_that_name_alone()
    {
        await ImportClient.CreateAsync(service.Client, "dropped");
        string[] lines = [.. Enumerable.Range(0, 2_000).Select(i => ImportClient.Line(new { url = service.Shop.PictureUrl, key = $"k{i}" }))];
        var id = await _imports.BeginAsync("dropped", lines);
        await _imports.UntilAsync(id, import => ImportClient.Counts(import).Stored > 0);

        await _calls.DropAsync("dropped");
        await ImportClient.CreateAsync(service.Client, "dropped");
        var import = await _imports.UntilEndedAsync(id);

        ImportClient.State(import).ShouldBe("failed");
        import.GetProperty("fault").GetString().ShouldNotBeNull();
        (await _calls.CountAsync("dropped")).ShouldBe(MilvusImgClient.Data(0));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("..%2F..%2Fetc")]
    [InlineData("x")]
    public async Task An_unknown_import_is_not_found(string id)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Delete, ""), (HttpMethod.Get, "/failures") })
        {
            var (status, body) = await _imports.SendAsync(method, $"/v1/imports/{id}{path}");
            (status, body.GetProperty("code").GetString()).ShouldBe((HttpStatusCode.NotFound, "import_not_found"));
        }
    }

    private async Task<int> CountImportsAsync(string table) =>
        (await _imports.SendAsync(HttpMethod.Get, "/v1/imports")).Body.GetProperty("imports").EnumerateArray()
            .Count(import => import.GetProperty("table").GetString() == table);
}
