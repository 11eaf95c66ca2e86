using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Items under the owner's keys.</summary>
public sealed class ItemTests(ImportService service) : IClassFixture<ImportService>
{
    private static readonly object Schema =
        new { attributes = new object[] { new { name = "price", type = "number" }, new { name = "colours", type = "string_list" } } };

    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task An_item_is_created_and_returned_with_its_fields()
    {
        var table = await _calls.NewTableAsync(Schema);
        var item = new
        {
            image = GoldenPicture.Bottle.Base64(),
            product_id = "p1",
            path = "shelf/1",
            tags = "瓶子",
            brief = "a bottle",
            attributes = new { colours = new[] { "red", "blue", "red" }, price = 1.5 },
        };

        var put = await _calls.PutAsync($"/v1/tables/{table}/items/bottle", item);
        var got = await _calls.GetAsync($"/v1/tables/{table}/items/bottle");

        put.Status.ShouldBe(201, put.Body.ToString());
        put.Location.ShouldBe($"/v1/tables/{table}/items/bottle");
        got.ETag.ShouldBe(put.ETag);
        put.Body.GetRawText().ShouldBe($"{got.Body.GetRawText()[..^1]},\"effect\":\"created\"}}");
        got.Members.ShouldBe(["id", "key", "product_id", "path", "tags", "brief", "attributes", "created", "modified"]);
        got.Text("tags").ShouldBe("瓶子");
        got.Body.GetProperty("attributes").GetRawText().ShouldBe("""{"price":1.5,"colours":["red","blue"]}""");
        DateTimeOffset.Parse(got.Text("created")!, System.Globalization.CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a+b c?#&=")]
    [InlineData("商品-1/正面")]
    [InlineData("items:batch")]
    public async Task Any_text_can_be_a_key(string key)
    {
        var table = await _calls.NewTableAsync();

        var put = await _calls.PutItemAsync(table, key, GoldenPicture.Arrow);

        put.Text("key").ShouldBe(key);
        (await _calls.GetAsync(put.Location!)).Text("key").ShouldBe(key);
        (await _calls.DeleteAsync(put.Location!)).Status.ShouldBe(204);
        (await _calls.GetAsync(put.Location!)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_slash_in_a_path_and_an_encoded_one_are_the_same_key()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "a/b", GoldenPicture.Arrow);

        (await _calls.GetAsync($"/v1/tables/{table}/items/a/b")).Status.ShouldBe(200);
        (await _calls.GetAsync($"/v1/tables/{table}/items/a%252Fb")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_picture_comes_by_upload_url_path_or_as_the_body()
    {
        var table = await _calls.NewTableAsync(Schema);
        var path = service.Pictures.Put("flag.png", GoldenPicture.Flag);
        using var form = WireBody.Multipart(GoldenPicture.Arrow, ("tags", "arrow"), ("attributes", """{"price":3}"""));
        using var raw = new ByteArrayContent(GoldenPicture.Router) { Headers = { ContentType = new("image/png") } };

        (await _calls.SendAsync(HttpMethod.Put, $"/v1/tables/{table}/items/form", form)).Text("tags").ShouldBe("arrow");
        (await _calls.SendAsync(HttpMethod.Put, $"/v1/tables/{table}/items/raw", raw)).Status.ShouldBe(201);
        (await _calls.PutAsync($"/v1/tables/{table}/items/url", new { url = service.Shop.PictureUrl })).Text("url").ShouldBe(service.Shop.PictureUrl);
        (await _calls.PutAsync($"/v1/tables/{table}/items/path", new { server_path = path })).Text("path").ShouldBe(path);

        (await _calls.FoundAsync(table, new { image = GoldenPicture.Arrow.Base64(), limit = 1 })).ShouldBe(["form"]);
        (await _calls.FoundAsync(table, new { image = GoldenPicture.Router.Base64(), limit = 1 })).ShouldBe(["raw"]);
        (await _calls.FoundAsync(table, new { image = GoldenPicture.Bottle.Base64(), limit = 1 })).ShouldBe(["url"]);
        (await _calls.FoundAsync(table, new { image = GoldenPicture.Flag.Base64(), limit = 1 })).ShouldBe(["path"]);
    }

    [Fact]
    public async Task A_second_put_replaces_all_fields_and_keeps_the_id()
    {
        var table = await _calls.NewTableAsync(Schema);
        var first = await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow, new { price = 1 }, tags: "old");

        var second = await _calls.PutAsync($"/v1/tables/{table}/items/k", new { image = GoldenPicture.Flag.Base64(), brief = "new" });

        second.Status.ShouldBe(200);
        second.Text("id").ShouldBe(first.Text("id"));
        second.Members.ShouldBe(["id", "key", "brief", "created", "modified", "effect"]);
        second.Text("effect").ShouldBe("replaced");
        second.ETag.ShouldNotBe(first.ETag);
    }

    [Fact]
    public async Task The_rule_for_an_existing_key_is_the_tables_or_the_calls()
    {
        var table = await _calls.NewTableAsync(new { on_existing_key = "skip" });
        await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow, tags: "first");
        var body = new { image = GoldenPicture.Flag.Base64(), tags = "second" };

        var skipped = await _calls.PutAsync($"/v1/tables/{table}/items/k", body);
        var failed = await _calls.PutAsync($"/v1/tables/{table}/items/k?on_existing_key=fail", body);
        var replaced = await _calls.PutAsync($"/v1/tables/{table}/items/k?on_existing_key=replace", body);

        (skipped.Status, skipped.Text("tags"), skipped.Text("effect")).ShouldBe((200, "first", "skipped"));
        (failed.Status, failed.Text("code")).ShouldBe((409, "item_exists"));
        (replaced.Status, replaced.Text("tags")).ShouldBe((200, "second"));
    }

    [Fact]
    public async Task A_patch_keeps_what_it_does_not_name_and_null_removes()
    {
        var table = await _calls.NewTableAsync(Schema);
        var attributes = new { price = 1, colours = new[] { "red" } };
        await _calls.PutAsync(
            $"/v1/tables/{table}/items/k", new { image = GoldenPicture.Arrow.Base64(), product_id = "p", tags = "t", brief = "b", attributes });

        var patched = await _calls.PatchAsync(
            $"/v1/tables/{table}/items/k", new { brief = (string?)null, attributes = new { price = 2, colours = (string?)null } });

        patched.Status.ShouldBe(200, patched.Body.ToString());
        (patched.Text("product_id"), patched.Text("tags"), patched.Text("brief")).ShouldBe(("p", "t", null));
        patched.Body.GetProperty("attributes").GetRawText().ShouldBe("""{"price":2}""");
        (await _calls.FoundAsync(table, new { image = GoldenPicture.Arrow.Base64() })).ShouldBe(["k"]);
    }

    [Fact]
    public async Task A_patch_may_replace_the_picture()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow, tags: "t");

        var patched = await _calls.PatchAsync($"/v1/tables/{table}/items/k", new { image = GoldenPicture.Flag.Base64() });

        patched.Text("tags").ShouldBe("t");
        var hit = (await _calls.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Flag.Base64() })).Body.GetProperty("hits")[0];
        hit.GetProperty("score").GetDouble().ShouldBe(1, 0.001);
    }

    [Fact]
    public async Task Rows_of_the_documented_API_are_items_by_id()
    {
        var table = await _calls.NewTableAsync(Schema);
        var id = await new MilvusImgClient(service.Client).AddedAsync(table, GoldenPicture.Arrow, "tag", "brief");

        var got = await _calls.GetAsync($"/v1/tables/{table}/rows/{id}");
        var patched = await _calls.PatchAsync($"/v1/tables/{table}/rows/{id}", new { attributes = new { price = 4 } });
        var replaced = await _calls.PutAsync($"/v1/tables/{table}/rows/{id}", new { image = GoldenPicture.Flag.Base64(), brief = "flag" });

        got.Members.ShouldBe(["id", "tags", "brief", "created", "modified"]);
        patched.Body.GetProperty("attributes").GetProperty("price").GetDouble().ShouldBe(4);
        replaced.Members.ShouldBe(["id", "brief", "created", "modified", "effect"]);
        replaced.Text("effect").ShouldBe("replaced");
        (await _calls.DeleteAsync($"/v1/tables/{table}/rows/{id}")).Status.ShouldBe(204);
        (await _calls.GetAsync($"/v1/tables/{table}/rows/{id}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_vector_of_an_item_finds_it()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "k", GoldenPicture.Arrow);
        await _calls.PutItemAsync(table, "other", GoldenPicture.Flag);

        var vector = (await _calls.GetAsync($"/v1/tables/{table}/items/k?vector=true")).Text("vector");

        (await _calls.FoundAsync(table, new { vector, limit = 1 })).ShouldBe(["k"]);
    }
}
