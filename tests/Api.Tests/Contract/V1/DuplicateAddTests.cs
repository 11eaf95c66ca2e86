using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Adds of pictures that a table has already, in every way to add.</summary>
public sealed class DuplicateAddTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);
    private readonly ImportClient _imports = new(service.Client);

    [Fact]
    public async Task A_put_allows_rejects_or_returns_a_duplicate()
    {
        var table = await TableAsync(new { });
        var first = await _calls.PutItemAsync(table, "first", GoldenPicture.Flag);

        var rejected = await PutAsync(table, "second", "?on_duplicate=reject");
        var returned = await PutAsync(table, "second", "?on_duplicate=return&duplicate_score=0.99");
        var allowed = await PutAsync(table, "second", "");

        (rejected.Status, rejected.Text("code"), rejected.Text("field")).ShouldBe((409, "duplicate_picture", "on_duplicate"));
        rejected.Text("detail").ShouldNotBeNull().ShouldContain($"the item with id {first.Text("id")} and key first (score 1)");
        (returned.Status, returned.Text("effect"), returned.Text("key"), returned.ETag).ShouldBe((200, "duplicate", "first", first.ETag));
        (allowed.Status, allowed.Text("effect")).ShouldBe((201, "created"));
    }

    [Fact]
    public async Task The_setting_of_a_table_is_shown_changed_and_reset()
    {
        var table = await TableAsync(new { on_duplicate = "reject", duplicate_score = 0.95 });

        (await SettingAsync(table)).ShouldBe(("reject", "0.95"));
        (await _calls.PatchAsync($"/v1/tables/{table}", new { on_duplicate = "return" })).Status.ShouldBe(200);
        (await SettingAsync(table)).ShouldBe(("return", "0.95"));
        (await _calls.PatchAsync($"/v1/tables/{table}", new { on_duplicate = (string?)null, duplicate_score = (double?)null })).Status.ShouldBe(200);
        (await SettingAsync(table)).ShouldBe(("allow", "0.97"));
    }

    [Fact]
    public async Task A_batch_compares_its_pictures_too()
    {
        var table = await TableAsync(new { });
        object Put(string key, byte[] picture, string rule) => new { put = new { key, image = picture.Base64(), on_duplicate = rule } };

        var answer = await _calls.PostAsync(
            $"/v1/tables/{table}/items:batch",
            new { operations = new[] { Put("a", GoldenPicture.Flag, "reject"), Put("b", GoldenPicture.Flag, "reject"), Put("c", GoldenPicture.Flag, "return") } });

        var results = answer.Body.GetProperty("results").EnumerateArray().ToList();
        results.Select(result => result.GetProperty("status").GetInt32()).ShouldBe([201, 409, 200]);
        results[1].GetProperty("problem").GetProperty("field").GetString().ShouldBe("operations[1].put.on_duplicate");
        (results[2].GetProperty("effect").GetString(), results[2].GetProperty("key").GetString()).ShouldBe(("duplicate", "a"));
    }

    [Fact]
    public async Task An_import_follows_the_table_and_names_the_line()
    {
        var table = await TableAsync(new { on_duplicate = "reject" });
        var dimension = (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("dimension").GetInt32();
        string[] lines =
        [
            ImportClient.Line(new { key = "a", vector = UnitVector.Of(1, dimension) }), ImportClient.Line(new { key = "b", vector = UnitVector.Of(2, dimension) }),
            ImportClient.Line(new { key = "c", vector = UnitVector.Of(1, dimension) }),
        ];

        var import = await _imports.ImportAsync(table, string.Join('\n', lines));

        ImportClient.Counts(import).ShouldBe((3, 2, 1));
        var failure = (await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{import.GetProperty("id").GetString()}/failures")).Body
            .GetProperty("failures").EnumerateArray().ShouldHaveSingleItem();
        failure.GetProperty("code").GetString().ShouldBe("duplicate_picture");
        failure.GetProperty("line").GetInt64().ShouldBeOneOf(1, 3);
    }

    [Theory]
    [InlineData("reject", "reject", 2, 1, 1)]
    [InlineData("allow", "reject", 2, 1, 1)]
    [InlineData("allow", "return", 3, 0, 1)]
    [InlineData("reject", "allow", 3, 0, 0)]
    [InlineData("return", null, 3, 0, 1)]
    public async Task An_import_says_what_it_does_with_duplicates_and_counts_them(string table, string? import, int stored, int failed, int duplicates)
    {
        var name = await TableAsync(new { on_duplicate = table });
        string[] pictures =
        [
            ImportClient.Line(new { key = "a", image = GoldenPicture.Flag.Base64() }), ImportClient.Line(new { key = "b", image = GoldenPicture.Arrow.Base64() }),
            ImportClient.Line(new { key = "c", image = GoldenPicture.Flag.Base64() }),
        ];
        string[] rows = [.. "xyz".Select((key, i) => ImportClient.Line(new { key, vector = UnitVector.Of(i % 2, 512) }))];
        var choice = import is null ? "" : $"on_duplicate={import}&duplicate_score=0.99";

        foreach (var list in (string[][])[pictures, rows])
        {
            var ended = await _imports.ImportAsync($"{name}?{choice}", string.Join('\n', list));

            ImportClient.Counts(ended).ShouldBe((3, stored, failed));
            ended.GetProperty("duplicates").GetInt64().ShouldBe(duplicates);
            (ended.GetProperty("on_duplicate").GetString(), ended.GetProperty("duplicate_score").ToString()).ShouldBe((import, import is null ? "" : "0.99"));
            var failures = await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{ended.GetProperty("id").GetString()}/failures");
            failures.Body.GetProperty("failures").EnumerateArray().Select(failure => failure.GetProperty("code").GetString())
                .ShouldBe(Enumerable.Repeat("duplicate_picture", failed));
        }
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("fail")]
    public async Task An_import_with_another_rule_for_keys_compares_too(string rule)
    {
        var table = await TableAsync(new { });
        await _calls.PutItemAsync(table, "first", GoldenPicture.Flag);

        var import = await _imports.ImportAsync(
            $"{table}?on_duplicate=return&on_existing_key={rule}", ImportClient.Line(new { key = "second", image = GoldenPicture.Flag.Base64() }));

        (import.GetProperty("stored").GetInt64(), import.GetProperty("duplicates").GetInt64()).ShouldBe((1, 1));
        (await _calls.GetAsync($"/v1/tables/{table}")).Text("rows").ShouldBe("1");
    }

    [Fact]
    public async Task A_list_that_is_imported_again_has_no_duplicates_of_its_own_rows()
    {
        var table = await TableAsync(new { });
        var list = ImportClient.Line(new { key = "a", image = GoldenPicture.Flag.Base64() });

        for (var i = 0; i < 2; i++)
        {
            var import = await _imports.ImportAsync($"{table}?on_duplicate=reject", list);
            (import.GetProperty("stored").GetInt64(), import.GetProperty("duplicates").GetInt64()).ShouldBe((1, 0));
        }
    }

    [Fact]
    public async Task A_score_that_no_duplicate_has_is_refused()
    {
        var table = await TableAsync(new { });

        var (status, body) = await _imports.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports?duplicate_score=0.5", "{}");

        (status, body.GetProperty("field").GetString()).ShouldBe((System.Net.HttpStatusCode.BadRequest, "duplicate_score"));
    }

    [Fact]
    public async Task The_documented_APIs_follow_the_table()
    {
        var table = await TableAsync(new { on_duplicate = "return" });
        var (milvus, sim) = (new MilvusImgClient(service.Client), new SimClient(service.Client));
        var id = await milvus.AddedAsync(table, GoldenPicture.Flag);

        (await milvus.AddedAsync(table, GoldenPicture.Flag)).ShouldBe(id);
        await sim.AddAsync(table, GoldenPicture.Flag, "k");
        (await _calls.GetAsync($"/v1/tables/{table}")).Text("rows").ShouldBe("1");

        (await _calls.PatchAsync($"/v1/tables/{table}", new { on_duplicate = "reject" })).Status.ShouldBe(200);
        (await milvus.AddAsync(new { table, image = GoldenPicture.Flag.Base64() })).ShouldStartWith("""{"code":10100,"message":"the picture is the same as that of""");
        var refused = await sim.PostAsync("add/file", WireBody.Multipart(GoldenPicture.Flag, ("table", table), ("key", "k")));
        SimClient.ErrorIn("存储", refused).Code.ShouldBe("duplicate_picture");
        (await _calls.GetAsync($"/v1/tables/{table}")).Text("rows").ShouldBe("1");
    }

    [Fact]
    public async Task Of_concurrent_puts_of_one_picture_one_is_stored()
    {
        var table = await TableAsync(new { on_duplicate = "reject" });

        var puts = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => PutAsync(table, $"k{i}", "")));

        puts.Count(put => put.Status == 201).ShouldBe(1, string.Join(' ', puts.Select(put => put.Status)));
        (await _calls.GetAsync($"/v1/tables/{table}")).Text("rows").ShouldBe("1");
    }

    private Task<string> TableAsync(object settings) => _calls.NewTableAsync(settings);

    private async Task<(string?, string?)> SettingAsync(string table)
    {
        var got = await _calls.GetAsync($"/v1/tables/{table}");
        return (got.Text("on_duplicate"), got.Text("duplicate_score"));
    }

    private Task<NativeAnswer> PutAsync(string table, string key, string query) =>
        _calls.PutAsync($"/v1/tables/{table}/items/{key}{query}", new { image = GoldenPicture.Flag.Base64() });
}
