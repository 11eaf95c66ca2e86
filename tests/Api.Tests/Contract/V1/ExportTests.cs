using System.Text.Json;
using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Exports of tables, which import again.</summary>
public sealed class ExportTests(ImportService service, OtherService other) : IClassFixture<ImportService>, IClassFixture<OtherService>
{
    private static readonly object Schema = new
    {
        attributes = new object[] { new { name = "price", type = "number" }, new { name = "colours", type = "string_list" } },
    };

    private static readonly string[] Colours = ["red", "蓝"];

    private readonly NativeClient _calls = new(service.Client);
    private readonly NativeClient _others = new(other.Client);

    [Fact]
    public async Task An_export_imports_into_another_service_row_by_row()
    {
        var table = await FilledAsync();
        (await _others.PutAsync($"/v1/tables/{table}", Schema)).Status.ShouldBe(201);

        var export = await ExportAsync(table);
        var import = await new ImportClient(other.Client).ImportAsync(table, export);

        var lines = Lines(export);
        ImportClient.Counts(import).ShouldBe((lines.Length, lines.Length, 0));
        foreach (var line in lines)
        {
            var path = $"/v1/tables/{table}/rows/{line.GetProperty("id")}?vector=true";
            (await _others.GetAsync(path)).Body.ToString().ShouldBe((await _calls.GetAsync(path)).Body.ToString());
            var search = new { vector = line.GetProperty("vector").GetString(), limit = 20 };
            (await _others.PostAsync($"/v1/tables/{table}/search", search)).Body.ToString()
                .ShouldBe((await _calls.PostAsync($"/v1/tables/{table}/search", search)).Body.ToString());
        }

        var filtered = new { vector = lines[0].GetProperty("vector").GetString(), filter = "price < 5" };
        (await _others.PostAsync($"/v1/tables/{table}/search", filtered)).Body.ToString()
            .ShouldBe((await _calls.PostAsync($"/v1/tables/{table}/search", filtered)).Body.ToString());
        Lines(await ExportAsync(table, other.Client)).Select(line => line.ToString()).ShouldBe(lines.Select(line => line.ToString()));
        (await _others.PutItemAsync(table, "next", GoldenPicture.Wrench)).Body.GetProperty("id").GetInt64()
            .ShouldBeGreaterThan(lines.Max(line => line.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task An_export_that_is_imported_into_its_table_changes_nothing()
    {
        var table = await FilledAsync();
        var export = await ExportAsync(table);

        var import = await new ImportClient(service.Client).ImportAsync(table, export);

        ImportClient.Counts(import).ShouldBe((Lines(export).Length, Lines(export).Length, 0));
        (await ExportAsync(table)).ShouldBe(export);
    }

    [Fact]
    public async Task Rows_that_share_a_key_import_again_where_that_is_allowed()
    {
        var table = await _calls.NewTableAsync();
        var sim = new SimClient(service.Client);
        await sim.AddAsync(table, GoldenPicture.Scene, "same");
        await sim.AddAsync(table, GoldenPicture.Arrow, "same");
        (await _others.PutAsync($"/v1/tables/{table}", new { })).Status.ShouldBe(201);
        var export = await ExportAsync(table);
        var imports = new ImportClient(other.Client);

        using var list = new StringContent(export);
        ImportClient.Reason((await imports.PostListAsync(table, list, "application/x-ndjson")).Body).ShouldContain("shared_keys=true");
        for (var i = 0; i < 2; i++)
            ImportClient.Counts(await imports.ImportAsync($"{table}?shared_keys=true", export)).ShouldBe((2, 2, 0));

        (await ExportAsync(table, other.Client)).ShouldBe(export);
    }

    [Fact]
    public async Task An_item_has_the_fields_of_an_answer_and_the_model_and_is_in_order_of_id()
    {
        var table = await _calls.NewTableAsync(Schema);
        await _calls.PutItemAsync(table, "b", GoldenPicture.Flag, new { price = 3 }, productId: "p", tags: "红");
        await _calls.PutItemAsync(table, "a", GoldenPicture.Arrow);
        var model = (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model");

        using var answer = await service.Client.GetAsync(new Uri($"/v1/tables/{table}/export", UriKind.Relative));
        var lines = Lines(await answer.Content.ReadAsStringAsync());

        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldBe($"attachment; filename=\"{table}.ndjson\"");
        lines.Select(line => line.GetProperty("key").GetString()).ShouldBe(["b", "a"]);
        lines[0].EnumerateObject().Select(member => member.Name).Where(name => name != "main_object_vector")
            .ShouldBe(["id", "key", "product_id", "tags", "attributes", "created", "modified", "model", "vector"]);
        lines[0].GetProperty("model").GetString().ShouldBe($"{model.GetProperty("name")}/{model.GetProperty("version")}");
    }

    [Fact]
    public async Task An_export_has_the_items_of_a_filter_and_may_leave_out_vectors()
    {
        var table = await FilledAsync();

        var lines = Lines(await ExportAsync(table, query: "?vectors=false&filter=price%20%3C%205"));

        lines.ShouldHaveSingleItem().TryGetProperty("vector", out _).ShouldBeFalse();
        lines[0].TryGetProperty("model", out _).ShouldBeFalse();
        lines[0].GetProperty("attributes").GetProperty("price").GetDouble().ShouldBe(3.5);
    }

    [Fact]
    public async Task More_items_than_a_page_are_each_there_once()
    {
        var table = await _calls.NewTableAsync();
        var dimension = (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("dimension").GetInt32();
        var list = string.Join('\n', Enumerable.Range(1, 500).Select(id => ImportClient.Line(new { id = 3 * id, vector = UnitVector.Of(id, dimension) })));
        await new ImportClient(service.Client).ImportAsync(table, list);

        Lines(await ExportAsync(table)).Select(line => line.GetProperty("id").GetInt32()).ShouldBe(Enumerable.Range(1, 500).Select(id => 3 * id));
    }

    [Fact]
    public async Task An_empty_table_is_an_empty_export() => (await ExportAsync(await _calls.NewTableAsync())).ShouldBeEmpty();

    [Theory]
    [InlineData("nowhere", "", 404, "table_not_found")]
    [InlineData("1x", "", 400, "table_name_invalid")]
    [InlineData("{T}", "?vectors=maybe", 400, "request_invalid")]
    [InlineData("{T}", "?vector=true", 400, "request_invalid")]
    [InlineData("{T}", "?filter=price%20%3C", 400, "filter_invalid")]
    public async Task An_export_that_can_t_begin_is_a_problem(string table, string query, int status, string code)
    {
        var there = await _calls.NewTableAsync(Schema);
        var answer = await _calls.GetAsync($"/v1/tables/{table.Replace("{T}", there, StringComparison.Ordinal)}/export{query}");
        (answer.Status, answer.Text("code")).ShouldBe((status, code));
    }

    // Rows of the documented APIs without and with keys, and items with all fields.
    private async Task<string> FilledAsync()
    {
        var table = await _calls.NewTableAsync(Schema);
        await new MilvusImgClient(service.Client).AddedAsync(table, GoldenPicture.Bottle, "瓶子", "a \"bottle\"");
        await new MilvusImgClient(service.Client).AddedAsync(table, GoldenPicture.Arrow);
        await new SimClient(service.Client).AddAsync(table, GoldenPicture.Scene, "scene");
        await _calls.PutItemAsync(table, "键/1", GoldenPicture.Flag, new { price = 3.5, colours = Colours }, "p1", "a,b");
        (await _calls.PutAsync(
            $"/v1/tables/{table}/items/full",
            new { image = GoldenPicture.Wine.Base64(), brief = "wine", path = "img/wine.jpg", attributes = new { price = 8 } })).Status.ShouldBe(201);
        (await _calls.PutAsync($"/v1/tables/{table}/items/fetched", new { url = service.Shop.PictureUrl })).Status.ShouldBe(201);
        await _calls.DeleteAsync($"/v1/tables/{table}/items/fetched");
        (await _calls.PutAsync($"/v1/tables/{table}/items/fetched", new { url = service.Shop.PictureUrl })).Status.ShouldBe(201);
        var dimension = (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("dimension").GetInt32();
        var line = ImportClient.Line(new { key = "two", vector = UnitVector.Of(1, dimension), main_object_vector = UnitVector.Of(2, dimension) });
        ImportClient.Counts(await new ImportClient(service.Client).ImportAsync(table, line)).ShouldBe((1, 1, 0));
        return table;
    }

    private async Task<string> ExportAsync(string table, HttpClient? client = null, string query = "") =>
        await (client ?? service.Client).GetStringAsync(new Uri($"/v1/tables/{table}/export{query}", UriKind.Relative));

    private static JsonElement[] Lines(string export) =>
        [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}

/// <summary>A service with no tables of others.</summary>
public sealed class OtherService : RunningService;
