using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Lists of items by page.</summary>
public sealed class ItemListTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task Items_are_listed_in_the_requested_order_by_page()
    {
        var table = await FilledAsync();

        (await PagesAsync(table, "order_by=price%20desc")).ShouldBe(["d", "c", "b", "a", "none"]);
        (await PagesAsync(table, "order_by=key")).ShouldBe(["a", "b", "c", "d", "none"]);
        (await PagesAsync(table, "")).ShouldBe(["c", "a", "d", "b", "none"]);
    }

    [Fact]
    public async Task A_filter_leaves_the_items_that_match()
    {
        var table = await FilledAsync();

        (await PagesAsync(table, $"order_by=price&filter={Uri.EscapeDataString("price >= 2 AND NOT key = \"c\"")}")).ShouldBe(["b", "d"]);
    }

    [Fact]
    public async Task A_page_has_the_requested_fields()
    {
        var table = await FilledAsync();

        var page = await _calls.GetAsync($"/v1/tables/{table}/items?limit=1&fields=key,attributes");

        page.Body.GetProperty("items")[0].EnumerateObject().Select(member => member.Name).ShouldBe(["id", "key", "attributes"]);
    }

    [Fact]
    public async Task A_cursor_of_another_order_is_an_error()
    {
        var table = await FilledAsync();
        var cursor = (await _calls.GetAsync($"/v1/tables/{table}/items?limit=1&order_by=price")).Text("next_cursor");

        var answer = await _calls.GetAsync($"/v1/tables/{table}/items?limit=1&order_by=key&cursor={cursor}");

        (answer.Status, answer.Text("code"), answer.Text("field")).ShouldBe((400, "cursor_invalid", "cursor"));
    }

    private async Task<string> FilledAsync()
    {
        var table = await _calls.NewTableAsync(new { attributes = new[] { new { name = "price", type = "number" } } });
        foreach (var (key, price) in new[] { ("c", 3), ("a", 1), ("d", 4), ("b", 2) })
            await _calls.PutItemAsync(table, key, GoldenPicture.Arrow, new { price });
        await _calls.PutItemAsync(table, "none", GoldenPicture.Arrow);
        return table;
    }

    private async Task<List<string>> PagesAsync(string table, string query)
    {
        var keys = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await _calls.GetAsync($"/v1/tables/{table}/items?limit=2&{query}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            page.Status.ShouldBe(200, page.Body.ToString());
            keys.AddRange(NativeClient.Keys(page.Body.GetProperty("items")));
            cursor = page.Body.GetProperty("next_cursor").GetString();
        }

        return keys;
    }
}
