using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Groups of duplicates of a small table, over every catalog and vector store.</summary>
public sealed class DuplicateTests(ImportService service) : IClassFixture<ImportService>
{
    // Generous: the machine may be busy with other work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly NativeClient _calls = new(service.Client);
    private readonly ImportClient _imports = new(service.Client);

    [Fact]
    public async Task Pictures_that_are_the_same_or_almost_are_a_group()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "flag", GoldenPicture.Flag, productId: "p");
        await _calls.PutItemAsync(table, "bottle", GoldenPicture.Bottle);
        await _calls.PutItemAsync(table, "again", GoldenPicture.Flag);

        var answer = await FindAsync(table);

        answer.Members.ShouldBe(["search", "groups", "next_cursor"]);
        var search = answer.Body.GetProperty("search");
        search.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["table", "state", "min_score", "rows", "done", "rows_per_second", "seconds_left", "groups", "items", "fault", "began", "ended"]);
        (search.GetProperty("state").GetString(), search.GetProperty("min_score").GetDouble(), search.GetProperty("done").GetInt32()).ShouldBe(("finished", 0.97, 3));
        var group = answer.Body.GetProperty("groups").EnumerateArray().ShouldHaveSingleItem();
        NativeClient.Keys(group.GetProperty("items")).ShouldBe(["flag", "again"]);
        group.GetProperty("items")[0].GetProperty("product_id").GetString().ShouldBe("p");
        (group.GetProperty("count").GetInt32(), group.GetProperty("lowest_score").GetDouble(), group.GetProperty("highest_score").GetDouble()).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task A_read_without_a_cursor_knows_what_was_added_and_deleted_before_it()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "a", GoldenPicture.Flag);
        await _calls.PutItemAsync(table, "b", GoldenPicture.Flag);
        (await FindAsync(table)).Body.GetProperty("groups").GetArrayLength().ShouldBe(1);

        await _calls.PutItemAsync(table, "c", GoldenPicture.Flag);
        (await FindAsync(table)).Body.GetProperty("groups")[0].GetProperty("count").GetInt32().ShouldBe(3);
        foreach (var key in (string[])["b", "c"]) (await _calls.DeleteAsync($"/v1/tables/{table}/items/{key}")).Status.ShouldBe(204);

        (await FindAsync(table)).Body.GetProperty("groups").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Pages_have_each_group_once_while_rows_go()
    {
        var (table, dimension) = await TableOfPairsAsync(9);
        var keys = new List<string>();
        var cursor = "";
        for (var page = 0; ; page++)
        {
            var answer = await FindAsync(table, $"?limit=2{cursor}");
            keys.AddRange(answer.Body.GetProperty("groups").EnumerateArray().SelectMany(group => NativeClient.Keys(group.GetProperty("items"))));
            if (page == 1) (await _calls.DeleteAsync($"/v1/tables/{table}/items/k6-0")).Status.ShouldBe(204);
            if (answer.Text("next_cursor") is not { Length: > 0 } next) break;
            cursor = $"&cursor={next}";
        }

        keys.Order().ShouldBe(Enumerable.Range(0, 9).Where(i => i != 6).SelectMany(i => new[] { $"k{i}-0", $"k{i}-1" }));
        dimension.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_search_that_is_started_is_read_by_its_progress_and_its_groups()
    {
        var (table, _) = await TableOfPairsAsync(3);

        var started = await _calls.PostAsync($"/v1/tables/{table}/duplicates?min_score=0.99", new { });

        (started.Status, started.Location).ShouldBe((202, $"/v1/tables/{table}/duplicates/job"));
        var job = await UntilEndedAsync(table);
        (job.Text("state"), job.Text("min_score"), job.Text("groups"), job.Text("items"), job.Text("done")).ShouldBe(("finished", "0.99", "3", "6", "6"));
        (await FindAsync(table, "?min_score=0.99")).Body.GetProperty("groups").GetArrayLength().ShouldBe(3);
        (await _calls.DeleteAsync($"/v1/tables/{table}/duplicates/job")).Text("state").ShouldBe("finished");
    }

    [Fact]
    public async Task A_cursor_is_of_one_table_and_one_score()
    {
        var (table, _) = await TableOfPairsAsync(3);
        var (other, _) = await TableOfPairsAsync(3);
        var cursor = (await FindAsync(table, "?limit=1")).Text("next_cursor");

        (await _calls.GetAsync($"/v1/tables/{other}/duplicates?cursor={cursor}")).Text("code").ShouldBe("cursor_invalid");
        (await _calls.GetAsync($"/v1/tables/{table}/duplicates?min_score=0.98&cursor={cursor}")).Text("code").ShouldBe("cursor_invalid");
        (await _calls.DeleteAsync($"/v1/tables/{table}")).Status.ShouldBe(204);
        (await _calls.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
        var forgotten = await _calls.GetAsync($"/v1/tables/{table}/duplicates?cursor={cursor}");
        (forgotten.Status, forgotten.Text("code"), forgotten.Text("field")).ShouldBe((404, "duplicates_not_found", "cursor"));
    }

    [Fact]
    public async Task The_main_object_of_a_picture_makes_no_duplicate()
    {
        var table = await _calls.NewTableAsync();
        var dimension = await DimensionAsync(table);
        var shared = UnitVector.Of(1, dimension);
        await StoreAsync(
            table, 2, new { key = "scene", vector = UnitVector.Of(2, dimension), main_object_vector = shared }, new { key = "object", vector = shared });

        (await FindAsync(table)).Body.GetProperty("groups").GetArrayLength().ShouldBe(0);
    }

    private async Task<(string Table, int Dimension)> TableOfPairsAsync(int pairs)
    {
        var table = await _calls.NewTableAsync();
        var dimension = await DimensionAsync(table);
        await StoreAsync(
            table, 2 * pairs,
            [.. Enumerable.Range(0, 2 * pairs).Select(i => (object)new { key = $"k{i / 2}-{i % 2}", vector = UnitVector.Of(i / 2, dimension) })]);
        return (table, dimension);
    }

    private async Task<int> DimensionAsync(string table) =>
        (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("dimension").GetInt32();

    private async Task StoreAsync(string table, int count, params object[] lines) =>
        ImportClient.Counts(await _imports.ImportAsync(table, string.Join('\n', lines.Select(ImportClient.Line)))).ShouldBe((count, count, 0));

    // On a busy machine a search may take longer than a read waits for it.
    private async Task<NativeAnswer> FindAsync(string table, string query = "")
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await _calls.GetAsync($"/v1/tables/{table}/duplicates{query}");
            if (answer.Status != 202)
            {
                answer.Status.ShouldBe(200, answer.Body.ToString());
                return answer;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private async Task<NativeAnswer> UntilEndedAsync(string table)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var job = await _calls.GetAsync($"/v1/tables/{table}/duplicates/job");
            job.Status.ShouldBe(200, job.Body.ToString());
            if (job.Body.GetProperty("ended").ValueKind != JsonValueKind.Null) return job;
            await Task.Delay(20, patience.Token);
        }
    }
}
