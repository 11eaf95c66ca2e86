using System.Text.Json;
using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>A key does what its scopes allow with its tables, at its rate, and nothing else.</summary>
public sealed class KeyRightsTests(KeyService service) : IClassFixture<KeyService>
{
    private readonly string _prefix = KeyService.NewPrefix();

    [Fact]
    public async Task A_key_works_with_its_tables_over_all_three_APIs()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*");
        var table = $"{_prefix}a";

        (await new MilvusImgClient(key.Http).TableAsync(table)).ShouldBe(MilvusImgClient.Created);
        await new MilvusImgClient(key.Http).AddedAsync(table, GoldenPicture.Arrow);
        (await new SimClient(key.Http).FoundAsync(table, GoldenPicture.Arrow)).Count.ShouldBe(1);
        (await key.Calls.PostAsync("/v1/search", new { queries = new[] { new { table, id = 1 } } })).Body.ToString().ShouldContain("\"status\":200");
    }

    [Theory]
    [InlineData("read", 200, 403, 403)]
    [InlineData("write", 403, 201, 403)]
    [InlineData("admin", 403, 403, 200)]
    public async Task No_scope_includes_another(string scope, int get, int put, int configure)
    {
        var table = $"{_prefix}{scope}";
        (await service.Provider.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
        using var key = await service.NewKeyAsync(table, null, scope);

        (await key.Calls.GetAsync($"/v1/tables/{table}")).Status.ShouldBe(get);
        (await key.Calls.PutAsync($"/v1/tables/{table}/items/a", new { image = GoldenPicture.Flag.Base64() })).Status.ShouldBe(put);
        (await key.Calls.PatchAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(configure);
    }

    [Fact]
    public async Task A_table_of_others_is_forbidden_whether_or_not_it_exists()
    {
        var other = $"{KeyService.NewPrefix()}there";
        (await service.Provider.PutAsync($"/v1/tables/{other}", new { })).Status.ShouldBe(201);
        using var key = await service.NewKeyAsync($"{_prefix}*");

        var there = await key.Calls.GetAsync($"/v1/tables/{other}");
        var missing = await key.Calls.GetAsync($"/v1/tables/{other[..^5]}never");

        (there.Status, there.Text("code"), there.Text("field")).ShouldBe((403, "key_forbidden", "table"));
        missing.Body.ToString().Replace("never", "there").ShouldBe(there.Body.ToString());
    }

    [Fact]
    public async Task The_documented_APIs_refuse_in_their_own_format()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*");

        MilvusImgClient.ErrorIn(await new MilvusImgClient(key.Http).CountAsync("others")).ShouldContain("does not cover");
        MilvusImgClient.ErrorIn(await new MilvusImgClient(key.Http).SearchAsync(new { image = GoldenPicture.Flag.Base64() })).ShouldContain("milvus_img_search");
        (await new SimClient(key.Http).PostAsync("del/key", new { key = "a" }))
            .ShouldStartWith("""{"msg":"删除图片失败!","code":500,"data":null,"error":{"code":"key_forbidden","message":"the key does not cover table image_sim""");
    }

    [Fact]
    public async Task An_add_does_not_create_a_table_for_a_key_that_may_not()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*", null, "write", "read");

        var answer = await new SimClient(key.Http).PostAsync(
            "add/file", WireBody.Multipart(GoldenPicture.Flag, ("table", $"{_prefix}new")));

        answer.ShouldContain("key_forbidden");
        (await service.Provider.GetAsync($"/v1/tables/{_prefix}new")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_list_has_the_key_s_tables_in_full_pages()
    {
        var other = KeyService.NewPrefix();
        string[] own = [$"{_prefix}a", $"{_prefix}b", $"{_prefix}c", $"{other}exact"];
        foreach (var table in own.Append($"{other}b").Append($"{_prefix[..^1]}0x")) await service.Provider.PutAsync($"/v1/tables/{table}", new { });
        using var key = await service.NewKeyAsync($"{_prefix}*,{other}exact,never");

        var found = new List<string>();
        var sizes = new List<int>();
        for (string? cursor = null; ;)
        {
            var page = await key.Calls.GetAsync($"/v1/tables?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            var names = page.Body.GetProperty("tables").EnumerateArray().Select(table => table.GetProperty("name").GetString()!).ToList();
            found.AddRange(names);
            sizes.Add(names.Count);
            if (page.Text("next_cursor") is not { Length: > 0 } next) break;
            cursor = next;
        }

        found.ShouldBe(own.Order(StringComparer.Ordinal));
        sizes.ShouldBe([3, 1]);
    }

    [Fact]
    public async Task An_import_of_others_is_as_unknown_as_one_that_never_was()
    {
        var table = $"{KeyService.NewPrefix()}a";
        (await service.Provider.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
        using var owner = await service.NewKeyAsync(table);
        using var stranger = await service.NewKeyAsync($"{_prefix}*");
        var begun = await owner.Calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports?dry_run=true", WireBody.Text("""{"url":"http://127.0.0.1:9/a.png"}""", "application/x-ndjson"));
        begun.Status.ShouldBe(202, begun.Body.ToString());
        var id = begun.Text("id")!;
        var never = new string('0', 32);

        foreach (var call in (string[])["", "/failures", "/events"])
        {
            var there = await stranger.Calls.GetAsync($"/v1/imports/{id}{call}");
            there.Text("code").ShouldBe("import_not_found");
            (await stranger.Calls.GetAsync($"/v1/imports/{never}{call}")).Body.ToString().ShouldBe(there.Body.ToString().Replace(id, never));
        }

        (await stranger.Calls.DeleteAsync($"/v1/imports/{id}")).Text("code").ShouldBe("import_not_found");
        (await stranger.Calls.GetAsync("/v1/imports")).Text("imports").ShouldBe("[]");
        (await owner.Calls.GetAsync("/v1/imports")).Body.GetProperty("imports")[0].GetProperty("id").GetString().ShouldBe(id);
        (await owner.Calls.GetAsync($"/v1/imports/{id}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_reads_no_files_of_the_server()
    {
        var table = $"{_prefix}files";
        using var key = await service.NewKeyAsync($"{_prefix}*");
        (await key.Calls.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);

        (await key.Calls.PutAsync($"/v1/tables/{table}/items/a", new { server_path = "/a.png" })).Text("detail")!.ShouldContain("an API key can't read files");
        (await key.Calls.PostAsync($"/v1/tables/{table}/search", new { server_path = "/a.png" })).Text("code").ShouldBe("path_denied");
        (await key.Calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports?folder=/a", null)).Text("code").ShouldBe("path_denied");
        (await new SimClient(key.Http).PostAsync("search/path", new { path = "/a.png", table })).ShouldContain("an API key can't read files");
        var lines = await key.Calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports", WireBody.Text("""{"path":"/a.png"}""", "application/x-ndjson"));
        lines.Body.ToString().ShouldContain("an API key can't read files");
    }

    [Fact]
    public async Task Above_its_rate_a_key_is_told_when_to_come_again()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*", new { calls_per_second = 0.01, burst = 2 });
        for (var i = 0; i < 2; i++) (await key.Calls.GetAsync("/v1/tables")).Status.ShouldBe(200);

        using var refused = await key.Http.GetAsync(new Uri("/v1/tables", UriKind.Relative));
        using var documented = await key.Http.GetAsync(new Uri("/milvus/img/count?table=a", UriKind.Relative));

        ((int)refused.StatusCode, (int)documented.StatusCode).ShouldBe((429, 429));
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 100);
        JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("code").GetString().ShouldBe("rate_exceeded");
        (await documented.Content.ReadAsStringAsync()).ShouldStartWith("""{"code":10100,"message":"the key may make""");
    }

    [Fact]
    public async Task A_key_has_at_most_its_tables_and_its_rows()
    {
        using var key = await service.NewKeyAsync($"{_prefix}*", new { max_tables = 2, max_rows = 2 });
        (await key.Calls.PutAsync($"/v1/tables/{_prefix}a", new { })).Status.ShouldBe(201);
        (await new MilvusImgClient(key.Http).TableAsync($"{_prefix}b")).ShouldBe(MilvusImgClient.Created);

        var third = await key.Calls.PutAsync($"/v1/tables/{_prefix}c", new { });
        (third.Text("code"), third.Text("field")).ShouldBe(("table_limit_reached", "max_tables"));
        MilvusImgClient.ErrorIn(await new MilvusImgClient(key.Http).TableAsync($"{_prefix}c")).ShouldContain("2 tables");
        (await new MilvusImgClient(key.Http).TableAsync($"{_prefix}b")).ShouldBe(MilvusImgClient.Created);

        await key.Calls.PutItemAsync($"{_prefix}a", "one", GoldenPicture.Flag);
        await new MilvusImgClient(key.Http).AddedAsync($"{_prefix}b", GoldenPicture.Flag);
        var more = await key.Calls.PutAsync($"/v1/tables/{_prefix}a/items/two", new { image = GoldenPicture.Flag.Base64() });
        (more.Text("code"), more.Text("field")).ShouldBe(("quota_reached", "max_rows"));
        (await key.Calls.PutItemAsync($"{_prefix}a", "one", GoldenPicture.Arrow)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("GET", "/v1/keys")]
    [InlineData("POST", "/v1/keys")]
    [InlineData("GET", "/v1/audit")]
    [InlineData("GET", "/v1/figures")]
    [InlineData("DELETE", "/v1/keys/aaaaaaaaaaaa")]
    public async Task A_key_does_not_administer_keys(string method, string path)
    {
        using var key = await service.NewKeyAsync("*");

        (await key.Calls.SendAsync(HttpMethod.Parse(method), path, null)).Text("code").ShouldBe("key_forbidden");
    }
}
