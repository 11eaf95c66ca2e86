using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Searches for items.</summary>
public sealed class SearchTests(ImportService service) : IClassFixture<ImportService>
{
    private static readonly (string Key, byte[] Picture, string Product, int Price)[] Items =
    [
        ("bottle", GoldenPicture.Bottle, "p1", 10), ("bottle2", GoldenPicture.BottleAsJpeg, "p1", 20), ("arrow", GoldenPicture.Arrow, "p2", 30),
        ("flag", GoldenPicture.Flag, "p3", 40), ("router", GoldenPicture.Router, "p4", 50),
    ];

    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task The_same_picture_is_the_first_hit_with_score_1()
    {
        var table = await FilledAsync();

        var answer = await _calls.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Arrow.Base64(), limit = 2 });

        var hit = answer.Body.GetProperty("hits")[0];
        hit.GetProperty("key").GetString().ShouldBe("arrow");
        hit.GetProperty("score").GetDouble().ShouldBe(1, 0.001);
        hit.GetProperty("distance").GetDouble().ShouldBe(1, 0.002);
        answer.Text("metric").ShouldBe("cosine");
        answer.Body.GetProperty("hits").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Every_kind_of_example_finds_its_item()
    {
        var table = await FilledAsync();
        var path = service.Pictures.Put("arrow.png", GoldenPicture.Arrow);
        var arrow = await _calls.GetAsync($"/v1/tables/{table}/items/arrow?vector=true");
        var bottle = await _calls.GetAsync($"/v1/tables/{table}/items/bottle");
        using var form = WireBody.Multipart(GoldenPicture.Arrow, ("limit", "1"));
        using var raw = new ByteArrayContent(GoldenPicture.Arrow) { Headers = { ContentType = new("image/png") } };

        (await _calls.FoundAsync(table, new { url = service.Shop.PictureUrl, limit = 1 })).ShouldBe(["bottle"]);
        (await _calls.FoundAsync(table, new { server_path = path, limit = 1 })).ShouldBe(["arrow"]);
        (await _calls.FoundAsync(table, new { key = "bottle", limit = 1 })).ShouldBe(["bottle2"]);
        (await _calls.FoundAsync(table, new { id = bottle.Body.GetProperty("id").GetInt64(), limit = 1 })).ShouldBe(["bottle2"]);
        (await _calls.FoundAsync(table, new { vector = arrow.Text("vector"), limit = 1 })).ShouldBe(["arrow"]);
        NativeClient.Keys((await _calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/search", form)).Body.GetProperty("hits")).ShouldBe(["arrow"]);
        NativeClient.Keys((await _calls.SendAsync(HttpMethod.Post, $"/v1/tables/{table}/search?limit=1", raw)).Body.GetProperty("hits")).ShouldBe(["arrow"]);
    }

    [Fact]
    public async Task A_vector_of_another_length_is_normalised_and_the_answer_says_so()
    {
        var table = await FilledAsync();
        var bytes = Convert.FromBase64String((await _calls.GetAsync($"/v1/tables/{table}/items/flag?vector=true")).Text("vector")!);
        var doubled = Enumerable.Range(0, bytes.Length / 4).Select(i => 2 * BitConverter.ToSingle(bytes, 4 * i)).ToArray();

        var answer = await _calls.PostAsync($"/v1/tables/{table}/search", new { vector = doubled, limit = 1 });

        NativeClient.Keys(answer.Body.GetProperty("hits")).ShouldBe(["flag"]);
        answer.Body.GetProperty("hits")[0].GetProperty("score").GetDouble().ShouldBe(1, 0.001);
        answer.Body.GetProperty("notes")[0].GetString()!.ShouldContain("normalised");
    }

    [Fact]
    public async Task Hits_are_between_positive_examples_and_away_from_negative_ones()
    {
        var table = await FilledAsync();

        var found = await _calls.FoundAsync(
            table,
            new { examples = new object[] { new { image = GoldenPicture.Arrow.Base64() }, new { key = "bottle", negative = true } }, limit = 5 });

        found[0].ShouldBe("arrow");
        found[^1].ShouldBe("bottle2");
        found.ShouldNotContain("bottle", "items that are examples are no hits");
    }

    [Fact]
    public async Task Filter_group_and_least_score_apply()
    {
        var table = await FilledAsync();
        var image = GoldenPicture.Bottle.Base64();

        (await _calls.FoundAsync(table, new { image, filter = "price > 20 AND price <= 40" })).Order().ShouldBe(["arrow", "flag"]);
        (await _calls.FoundAsync(table, new { image, group_by = "product_id", limit = 2 })).Length.ShouldBe(2);
        (await _calls.FoundAsync(table, new { image, group_by = "product_id" })).ShouldNotContain("bottle2");
        (await _calls.FoundAsync(table, new { image, min_score = 0.99 })).ShouldNotContain("arrow");
    }

    [Fact]
    public async Task Pages_by_cursor_have_every_hit_once()
    {
        var table = await FilledAsync();
        var image = GoldenPicture.Bottle.Base64();
        var all = await _calls.FoundAsync(table, new { image });
        var paged = new List<string>();

        for (string? cursor = null; ;)
        {
            var page = await _calls.PostAsync($"/v1/tables/{table}/search", new { image, limit = 2, cursor });
            page.Status.ShouldBe(200, page.Body.ToString());
            paged.AddRange(NativeClient.Keys(page.Body.GetProperty("hits")));
            cursor = page.Body.GetProperty("next_cursor").GetString();
            if (cursor is null) break;
        }

        paged.ShouldBe(all);
    }

    [Fact]
    public async Task A_cursor_of_another_search_is_an_error()
    {
        var table = await FilledAsync();
        var cursor = (await _calls.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Bottle.Base64(), limit = 1 })).Text("next_cursor");

        var answer = await _calls.PostAsync($"/v1/tables/{table}/search", new { image = GoldenPicture.Arrow.Base64(), limit = 1, cursor });

        (answer.Status, answer.Text("code")).ShouldBe((400, "cursor_invalid"));
    }

    [Fact]
    public async Task An_answer_has_the_requested_fields_vectors_and_explanation()
    {
        var table = await FilledAsync();

        var fields = new[] { "key", "score" };

        var answer = await _calls.PostAsync(
            $"/v1/tables/{table}/search",
            new { image = GoldenPicture.Bottle.Base64(), fields, vectors = true, explain = true, filter = "price < 15" });

        answer.Body.GetProperty("hits")[0].EnumerateObject().Select(member => member.Name).ShouldBe(["id", "key", "score", "vector"]);
        answer.Body.GetProperty("explain").EnumerateObject().Select(member => member.Name).ShouldBe(
            ["method", "rounds", "examined", "fetch_ms", "embed_ms", "filter_ms", "vectors_ms", "catalog_ms"]);
        answer.Body.GetProperty("explain").GetProperty("embed_ms").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_region_searches_by_a_part_of_the_picture_and_the_main_object_can_be_one()
    {
        var table = await FilledAsync();
        var image = GoldenPicture.Scene.Base64();

        var whole = await _calls.PostAsync($"/v1/tables/{table}/search", new { image, detect = true, main_object = "off", limit = 1 });
        var detected = whole.Body.GetProperty("detected")[0];
        var shares = await _calls.PostAsync(
            $"/v1/tables/{table}/search", new { image, region = new { x1 = 0.5, y1 = 0.5, x2 = 1, y2 = 1, unit = "share" }, main_object = "off", limit = 1 });
        var (width, height) = (detected.GetProperty("width").GetInt32(), detected.GetProperty("height").GetInt32());
        var pixels = await _calls.PostAsync(
            $"/v1/tables/{table}/search",
            new { image, region = new { x1 = width / 2d, y1 = height / 2d, x2 = width, y2 = height }, main_object = "off", limit = 1 });
        var mainObject = await _calls.PostAsync(
            $"/v1/tables/{table}/search", new { image, region = detected.GetProperty("main_object"), limit = 1 });

        detected.GetProperty("main_object").GetProperty("unit").GetString().ShouldBe("share");
        Score(shares).ShouldNotBe(Score(whole));
        Score(pixels).ShouldBe(Score(shares), 0.001);
        mainObject.Status.ShouldBe(200, mainObject.Body.ToString());
    }

    [Fact]
    public async Task Several_searches_in_one_call_have_a_result_or_a_problem_each()
    {
        var (one, two) = (await FilledAsync(), await FilledAsync());
        var image = GoldenPicture.Arrow.Base64();

        var answer = await _calls.PostAsync(
            "/v1/search",
            new
            {
                queries = new object[]
                {
                    new { table = one, image, limit = 1 }, new { table = two, image, limit = 1 }, new { table = "nowhere", image },
                    new { table = one, key = "bottle", limit = 1 }, new { table = one, image, colour = 1 },
                },
            });

        answer.Status.ShouldBe(200, answer.Body.ToString());
        var results = answer.Body.GetProperty("results").EnumerateArray().ToList();
        results.ConvertAll(result => result.GetProperty("status").GetInt32()).ShouldBe([200, 200, 404, 200, 400]);
        NativeClient.Keys(results[0].GetProperty("result").GetProperty("hits")).ShouldBe(["arrow"]);
        NativeClient.Keys(results[1].GetProperty("result").GetProperty("hits")).ShouldBe(["arrow"]);
        NativeClient.Keys(results[3].GetProperty("result").GetProperty("hits")).ShouldBe(["bottle2"]);
        results[4].GetProperty("problem").GetProperty("field").GetString().ShouldBe("queries[4].colour");
    }

    private static double Score(NativeAnswer answer) => answer.Body.GetProperty("hits")[0].GetProperty("score").GetDouble();

    private async Task<string> FilledAsync()
    {
        var table = await _calls.NewTableAsync(new { metric = "cosine", attributes = new[] { new { name = "price", type = "number" } } });
        foreach (var (key, picture, product, price) in Items) await _calls.PutItemAsync(table, key, picture, new { price }, product);
        return table;
    }
}
