using System.Net;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>The kept pictures of items.</summary>
public sealed class PictureTests(PictureService service) : IClassFixture<PictureService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task The_picture_is_sent_as_it_came_and_its_thumbnail_as_webp()
    {
        var table = await _calls.NewTableAsync();
        var id = (await _calls.PutItemAsync(table, "arrow", GoldenPicture.Arrow)).Text("id");

        foreach (var (path, type, name) in new[]
        {
            ($"/v1/tables/{table}/pictures/arrow", "image/png", "picture.png"),
            ($"/v1/tables/{table}/rows/{id}/picture", "image/png", "picture.png"),
            ($"/v1/tables/{table}/thumbnails/arrow", "image/webp", "thumbnail.webp"),
            ($"/v1/tables/{table}/rows/{id}/thumbnail", "image/webp", "thumbnail.webp"),
        })
        {
            using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
            answer.Content.Headers.ContentDisposition!.ToString().ShouldBe($"inline; filename=\"{name}\"");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
            answer.Headers.CacheControl!.Private.ShouldBeTrue();
            if (type == "image/png") bytes.ShouldBe(GoldenPicture.Arrow);
            else bytes.AsSpan(8, 4).SequenceEqual("WEBP"u8).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task The_tag_is_that_of_the_bytes()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow);
        var path = $"/v1/tables/{table}/thumbnails/k";
        var tag = await TagAsync(path);

        (await _calls.GetAsync(path, ("If-None-Match", tag))).Status.ShouldBe(304);
        await _calls.PatchAsync($"/v1/tables/{table}/items/k", new { tags = "red" });
        (await _calls.GetAsync(path, ("If-None-Match", tag))).Status.ShouldBe(304);
        await _calls.PutItemAsync(table, "k", GoldenPicture.Bottle);

        (await TagAsync(path, ("If-None-Match", tag))).ShouldNotBe(tag);
    }

    [Theory]
    [InlineData("a/thumbnail")]
    [InlineData("a/b/picture")]
    [InlineData("商品-1/正面")]
    public async Task Any_key_has_a_picture(string key)
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, key, GoldenPicture.Arrow);

        using var answer = await service.Client.GetAsync(new Uri($"/v1/tables/{table}/pictures/{Uri.EscapeDataString(key)}", UriKind.Relative));

        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(GoldenPicture.Arrow);
        (await _calls.GetAsync($"/v1/tables/{table}/items/{Uri.EscapeDataString(key)}")).Text("key").ShouldBe(key);
    }

    [Fact]
    public async Task A_table_keeps_less_than_the_service_if_it_says_so()
    {
        var (none, thumbnails) = (await _calls.NewTableAsync(new { keep_pictures = "none" }), await _calls.NewTableAsync(new { keep_pictures = "thumbnail" }));
        await _calls.PutItemAsync(none, "k", GoldenPicture.Arrow);
        await _calls.PutItemAsync(thumbnails, "k", GoldenPicture.Arrow);

        (await _calls.GetAsync($"/v1/tables/{none}")).Text("keep_pictures").ShouldBe("none");
        (await NotKeptAsync($"/v1/tables/{none}/thumbnails/k")).ShouldContain("KEEP_PICTURES");
        (await NotKeptAsync($"/v1/tables/{thumbnails}/pictures/k")).ShouldContain("keep_pictures");
        await TagAsync($"/v1/tables/{thumbnails}/thumbnails/k");
    }

    [Fact]
    public async Task Sizes_include_pictures()
    {
        var table = await _calls.NewTableAsync();
        var before = (await _calls.GetAsync($"/v1/tables/{table}")).Body;
        await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow);

        var after = (await _calls.GetAsync($"/v1/tables/{table}")).Body;

        before.GetProperty("picture_bytes").GetInt64().ShouldBe(0);
        after.GetProperty("picture_bytes").GetInt64().ShouldBeGreaterThan(GoldenPicture.Arrow.Length);
        after.GetProperty("disk_bytes").GetInt64().ShouldBeGreaterThan(before.GetProperty("disk_bytes").GetInt64() + GoldenPicture.Arrow.Length);
    }

    [Fact]
    public async Task Imports_keep_pictures_and_a_deleted_item_has_none()
    {
        var table = await _calls.NewTableAsync();
        using var list = WireBody.Text($$"""{"key":"k","image":"{{GoldenPicture.Arrow.Base64()}}"}""", "application/x-ndjson");
        var import = await _calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports", list);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await _calls.GetAsync(import.Location!)).Text("state") is not "finished") await Task.Delay(20, deadline.Token);

        using (var answer = await service.Client.GetAsync(new Uri($"/v1/tables/{table}/pictures/k", UriKind.Relative)))
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(GoldenPicture.Arrow);
        await _calls.DeleteAsync($"/v1/tables/{table}/items/k");

        (await _calls.GetAsync($"/v1/tables/{table}/pictures/k")).Text("code").ShouldBe("item_not_found");
        (await _calls.GetAsync($"/v1/tables/{table}")).Text("picture_bytes").ShouldBe("0");
    }

    [Fact]
    public async Task The_documented_apis_keep_pictures_too()
    {
        await _calls.PutAsync("/v1/tables/kept_documented", new { });

        await _calls.PostAsync("/milvus/img/add", new { table = "kept_documented", image = GoldenPicture.Arrow.Base64() });

        var id = (await _calls.GetAsync("/v1/tables/kept_documented/items")).Body.GetProperty("items")[0].GetProperty("id").GetInt64();
        await TagAsync($"/v1/tables/kept_documented/rows/{id}/thumbnail");
    }

    private async Task<string> TagAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await service.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return answer.Headers.ETag.ShouldNotBeNull().ToString();
    }

    private async Task<string> NotKeptAsync(string path)
    {
        var answer = await _calls.GetAsync(path);
        (answer.Status, answer.Text("code")).ShouldBe((404, "picture_not_kept"));
        return answer.Text("detail")!;
    }
}

/// <summary>A service that keeps originals.</summary>
public sealed class PictureService : RunningService
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["KEEP_PICTURES"] = "original" };
}
