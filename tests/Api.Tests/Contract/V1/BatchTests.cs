using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Several puts and deletes in one call.</summary>
public sealed class BatchTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task Each_operation_has_its_result_and_a_failed_one_stops_no_other()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "old", GoldenPicture.Arrow);

        var answer = await _calls.PostAsync(
            $"/v1/tables/{table}/items:batch",
            new
            {
                operations = new object[]
                {
                    new { put = new { key = "a", image = GoldenPicture.Flag.Base64(), tags = "flag" } },
                    new { put = new { key = "b", image = "AAAA" } },
                    new { delete = new { key = "old" } },
                    new { delete = new { key = "never" } },
                    new { put = new { key = "c", image = GoldenPicture.Bottle.Base64(), colour = "red" } },
                    new { put = new { key = "d", image = GoldenPicture.Router.Base64() } },
                },
            });

        answer.Status.ShouldBe(200, answer.Body.ToString());
        var results = answer.Body.GetProperty("results").EnumerateArray().ToList();
        results.ConvertAll(result => result.GetProperty("status").GetInt32()).ShouldBe([201, 400, 204, 404, 400, 201]);
        results[0].GetProperty("effect").GetString().ShouldBe("created");
        results[0].GetProperty("etag").GetString().ShouldBe((await _calls.GetAsync($"/v1/tables/{table}/items/a")).ETag);
        results[1].GetProperty("problem").GetProperty("code").GetString().ShouldBe("picture_type_unknown");
        results[4].GetProperty("problem").GetProperty("field").GetString().ShouldBe("operations[4].put.colour");
        var listed = await _calls.GetAsync($"/v1/tables/{table}/items?order_by=key");
        NativeClient.Keys(listed.Body.GetProperty("items")).ShouldBe(["a", "d"]);
    }

    [Fact]
    public async Task Operations_on_one_key_keep_their_order()
    {
        var table = await _calls.NewTableAsync();
        object[] operations =
        [
            Put("1"), Put("2", "skip"), new { delete = new { key = "k" } }, Put("3", "fail"), Put("4"), Put("5", "fail"),
        ];

        var answer = await _calls.PostAsync($"/v1/tables/{table}/items:batch", new { operations });

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer.Body.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("status").GetInt32())
            .ShouldBe([201, 200, 204, 201, 200, 409], answer.Body.ToString());
        (await _calls.GetAsync($"/v1/tables/{table}/items/k")).Text("tags").ShouldBe("4");
    }

    private static object Put(string tags, string? rule = null) =>
        new { put = new { key = "k", image = GoldenPicture.Arrow.Base64(), tags, on_existing_key = rule } };

    [Fact]
    public async Task A_batch_of_a_missing_table_fails_as_a_whole()
    {
        var answer = await _calls.PostAsync("/v1/tables/nowhere/items:batch", new { operations = new[] { new { delete = new { key = "k" } } } });

        (answer.Status, answer.Text("code")).ShouldBe((404, "table_not_found"));
    }
}
