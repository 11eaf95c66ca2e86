using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Lines of imports that have vectors, ids and dates.</summary>
public sealed class ImportRowsTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);
    private readonly NativeClient _calls = new(service.Client);

    [Fact]
    public async Task A_vector_is_stored_as_it_is_with_id_and_dates_and_found()
    {
        var (table, dimension) = await NewTableAsync();
        var (vector, mainObject) = (UnitVector.Of(1, dimension), UnitVector.Of(2, dimension));

        var line = new
        {
            id = 40,
            vector,
            main_object_vector = mainObject,
            url = "https://shop.example/1.jpg",
            tags = "red",
            created = "2001-02-03T04:05:06.007Z",
            modified = "2002-02-03T05:05:06+01:00",
        };
        await StoreAsync(table, 1, ImportClient.Line(line));

        var row = await _calls.GetAsync($"/v1/tables/{table}/rows/40?vector=true");
        row.Members.ShouldBe(["id", "url", "tags", "created", "modified", "vector", "main_object_vector"]);
        (row.Text("vector"), row.Text("main_object_vector")).ShouldBe((vector, mainObject));
        (row.Text("created"), row.Text("modified")).ShouldBe(("2001-02-03T04:05:06.007Z", "2002-02-03T04:05:06.000Z"));
        row.Text("url").ShouldBe("https://shop.example/1.jpg");
        (await FoundIdsAsync(table, mainObject)).ShouldBe([40]);
        (await _calls.PutItemAsync(table, "next", GoldenPicture.Flag)).Text("id").ShouldBe("41");
    }

    [Fact]
    public async Task A_vector_of_another_length_is_normalised_and_numbers_are_a_vector()
    {
        var (table, dimension) = await NewTableAsync();
        var unit = UnitVector.Values(3, dimension);

        await StoreAsync(table, 1, ImportClient.Line(new { key = "a", vector = unit.Select(value => 5 * value) }));

        var stored = (await _calls.GetAsync($"/v1/tables/{table}/items/a?vector=true")).Body.GetProperty("vector").GetBytesFromBase64();
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(stored).ToArray().ShouldBe(unit, 1e-5);
    }

    [Fact]
    public async Task A_row_that_was_deleted_comes_again_under_its_id_with_another_vector()
    {
        var (table, dimension) = await NewTableAsync();
        for (var i = 0; i < 3; i++)
        {
            await StoreAsync(table, 1, ImportClient.Line(new { id = 5, vector = UnitVector.Of(i, dimension) }));
            (await ScoreAsync(table, UnitVector.Of(i, dimension))).ShouldBe(1, 1e-4);
            (await _calls.DeleteAsync($"/v1/tables/{table}/rows/5")).Status.ShouldBe(204);
            (await FoundIdsAsync(table, UnitVector.Of(i, dimension))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_file_of_the_server_is_named_apart_from_its_path()
    {
        var (table, _) = await NewTableAsync();
        var file = service.Pictures.Put("apart.png", GoldenPicture.Arrow);

        await StoreAsync(
            table, 4,
            ImportClient.Line(new { key = "apart", server_path = file, path = "img/apart.png" }),
            ImportClient.Line(new { key = "alone", server_path = file }),
            ImportClient.Line(new { key = "inline", image = GoldenPicture.Flag.Base64(), url = "https://shop.example/1.jpg" }),
            ImportClient.Line(new { url = service.Shop.PictureUrl, path = "img/shop.png", id = 90 }));
        (await _imports.ImportAsync(table, $"id,server_path,path\n77,{file},img/csv.png\n", "text/csv")).GetProperty("stored").GetInt64().ShouldBe(1);

        (await _calls.GetAsync($"/v1/tables/{table}/items/apart")).Text("path").ShouldBe("img/apart.png");
        (await _calls.GetAsync($"/v1/tables/{table}/items/alone")).Text("path").ShouldBe(file);
        (await _calls.GetAsync($"/v1/tables/{table}/items/inline")).Text("url").ShouldBe("https://shop.example/1.jpg");
        (await _calls.GetAsync($"/v1/tables/{table}/rows/90")).Text("path").ShouldBe("img/shop.png");
        (await _calls.GetAsync($"/v1/tables/{table}/rows/77")).Text("path").ShouldBe("img/csv.png");
    }

    [Theory]
    [InlineData("""{"key":"a","vector":"AACAPw=="}""", "vector must be a vector of ", "but is 1 values")]
    [InlineData("""{"key":"a","vector":"!"}""", "vector must be an array of numbers, or base64")]
    [InlineData("""{"key":"a","vector":7}""", "vector must be an array of numbers, or base64")]
    [InlineData("""{"key":"a","vector":[1,"x"]}""", "vector must be an array of numbers, or base64")]
    [InlineData("""{"key":"a","vector":"{nan}"}""", "vector must be a vector of finite values", "NaN")]
    [InlineData("""{"key":"a","vector":"{zero}"}""", "vector must be a vector of finite values", "of length 0")]
    [InlineData("""{"key":"a","vector":"{v}","main_object_vector":"AACAPw=="}""", "main_object_vector must be a vector of ")]
    [InlineData("""{"key":"a","main_object_vector":"{v}"}""", "vector is missing")]
    [InlineData("""{"key":"a","vector":"{v}","image":"AAAA"}""", "vector can't be given together with image")]
    [InlineData("""{"key":"a","vector":"{v}","server_path":"/a.png"}""", "server_path can't be given together with vector")]
    [InlineData("""{"key":"a","vector":"{v}","url":"http://a/","path":"a"}""", "path can't be given together with url")]
    [InlineData("""{"vector":"{v}"}""", "a line with an image or a vector needs a key or an id")]
    [InlineData("""{"key":"a","vector":"{v}","model":"other/1"}""", "model must be ", "but is other/1")]
    [InlineData("""{"id":0,"vector":"{v}"}""", "id must be a whole number from 1 to 4503599627370496, or one of a migrated row", "but is 0")]
    [InlineData("""{"id":9007199254740991,"vector":"{v}"}""", "id must be a whole number", "but is 9007199254740991")]
    [InlineData("""{"id":9223372036854775807,"vector":"{v}"}""", "id must be a whole number", "but is 9223372036854775807")]
    [InlineData("""{"id":-4,"vector":"{v}"}""", "id must be a whole number from 1 to", "but is -4")]
    [InlineData("""{"id":1.5,"vector":"{v}"}""", "id must be a whole number from 1 to", "but is 1.5")]
    [InlineData("""{"id":9223372036854775808,"vector":"{v}"}""", "id must be a whole number from 1 to", "but is 9223372036854775808")]
    [InlineData("""{"id":"1; DROP TABLE x","vector":"{v}"}""", "id must be a whole number from 1 to")]
    [InlineData("""{"id":[1],"vector":"{v}"}""", "id must be a text")]
    [InlineData("""{"id":1,"vector":"{v}","created":"yesterday"}""", "created must be a date as ", "but is yesterday")]
    [InlineData("""{"id":1,"vector":"{v}","created":"0999-12-31T23:59:59Z"}""", "created must be a date as ")]
    [InlineData("""{"id":1,"vector":"{v}","modified":"2026-02-30"}""", "modified must be a date as ", "but is 2026-02-30")]
    [InlineData("{\"id\":1,\"vector\":\"{v}\"}\n{\"id\":1,\"key\":\"b\",\"vector\":\"{v}\"}", "its id is that of line 1")]
    public async Task A_line_that_can_t_be_a_row_refuses_the_list(string list, params string[] reasons)
    {
        var (table, dimension) = await NewTableAsync();
        var nan = new float[dimension];
        nan[1] = float.NaN;
        var lines = list.Replace("{v}", UnitVector.Of(1, dimension), StringComparison.Ordinal)
            .Replace("{nan}", UnitVector.Text(nan), StringComparison.Ordinal)
            .Replace("{zero}", UnitVector.Text(new float[dimension]), StringComparison.Ordinal);

        var (status, body) = await _imports.PostAsync(table, lines);

        ((int)status).ShouldBe(400);
        var reason = ImportClient.Reason(body);
        reason.ShouldStartWith($"line {lines.Split('\n').Length}: {reasons[0]}");
        foreach (var part in reasons) reason.ShouldContain(part);
    }

    [Fact]
    public async Task A_vector_of_the_smallest_values_is_normalised()
    {
        var (table, dimension) = await NewTableAsync();
        var tiny = UnitVector.Text([.. Enumerable.Repeat(float.Epsilon, dimension)]);
        await StoreAsync(table, 1, ImportClient.Line(new { key = "tiny", vector = tiny }));

        (await _calls.PostAsync($"/v1/tables/{table}/search", new { vector = tiny })).Body.GetProperty("hits")[0].GetProperty("score").GetDouble().ShouldBe(1, 1e-5);
    }

    [Fact]
    public async Task An_id_or_a_key_of_another_row_fails_its_line_alone_also_in_a_dry_run()
    {
        var (table, dimension) = await NewTableAsync();
        var vector = UnitVector.Of(1, dimension);
        await StoreAsync(table, 2, ImportClient.Line(new { id = 1, key = "a", vector }), ImportClient.Line(new { id = 2, vector }));
        string[] lines =
        [
            ImportClient.Line(new { id = 1, key = "b", url = service.Shop.PictureUrl }), ImportClient.Line(new { id = 3, key = "a", vector }),
            ImportClient.Line(new { id = 2, key = "c", vector }), ImportClient.Line(new { id = 4, key = "d", vector }),
        ];

        foreach (var query in (string[])["?dry_run=true", ""])
        {
            var import = await _imports.ImportAsync(table + query, string.Join('\n', lines));
            ImportClient.Counts(import).ShouldBe((4, 1, 3));
            var failures = (await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{import.GetProperty("id").GetString()}/failures")).Body;
            failures.GetProperty("failures").EnumerateArray().Select(failure => (failure.GetProperty("line").GetInt64(), failure.GetProperty("code").GetString()))
                .ShouldBe([(1, "item_exists"), (2, "item_exists"), (3, "item_exists")]);
            failures.ToString().ShouldContain("the row with id 1 has another key; leave out the id");
            failures.ToString().ShouldContain("the key is that of the row with id 1, not of id 3");
            (await CountAsync(table)).ShouldBe(query.Length > 0 ? 2 : 3);
        }
    }

    [Theory]
    [InlineData("replace", 2, 0, "new")]
    [InlineData("skip", 2, 0, "old")]
    [InlineData("fail", 0, 2, "old")]
    public async Task The_rule_for_existing_keys_holds_for_lines_with_vectors(string rule, int stored, int failed, string tags)
    {
        var (table, dimension) = await NewTableAsync();
        var vector = UnitVector.Of(1, dimension);
        await StoreAsync(table, 2, ImportClient.Line(new { id = 1, key = "a", vector, tags = "old" }), ImportClient.Line(new { id = 2, vector, tags = "old" }));

        var import = await _imports.ImportAsync(
            $"{table}?on_existing_key={rule}",
            $"{ImportClient.Line(new { key = "a", vector, tags = "new" })}\n{ImportClient.Line(new { id = 2, vector, tags = "new" })}");

        ImportClient.Counts(import).ShouldBe((2, stored, failed));
        (await _calls.GetAsync($"/v1/tables/{table}/items/a")).Text("tags").ShouldBe(tags);
        (await _calls.GetAsync($"/v1/tables/{table}/rows/2")).Text("tags").ShouldBe(tags);
        (await CountAsync(table)).ShouldBe(2);
    }

    [Fact]
    public async Task A_full_table_takes_lines_that_replace_its_rows_and_no_others()
    {
        var (table, dimension) = await NewTableAsync(new { max_rows = 2 });
        var vector = UnitVector.Of(1, dimension);
        string[] lines = [.. Enumerable.Range(1, 2).Select(id => ImportClient.Line(new { id, vector }))];
        await StoreAsync(table, 2, lines);

        await StoreAsync(table, 2, lines);
        var import = await _imports.ImportAsync(table, ImportClient.Line(new { id = 3, vector }));

        ImportClient.Counts(import).ShouldBe((1, 0, 1));
    }

    private async Task<(string Table, int Dimension)> NewTableAsync(object? settings = null)
    {
        var table = await _calls.NewTableAsync(settings);
        return (table, (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("model").GetProperty("dimension").GetInt32());
    }

    private async Task StoreAsync(string table, int count, params string[] lines)
    {
        var import = await _imports.ImportAsync(table, string.Join('\n', lines));
        ImportClient.Counts(import).ShouldBe((count, count, 0));
    }

    private async Task<long> CountAsync(string table) => (await _calls.GetAsync($"/v1/tables/{table}")).Body.GetProperty("rows").GetInt64();

    private async Task<JsonElement> SearchAsync(string table, string vector) =>
        (await _calls.PostAsync($"/v1/tables/{table}/search", new { vector, limit = 3 })).Body.GetProperty("hits");

    private async Task<long[]> FoundIdsAsync(string table, string vector) =>
        [.. (await SearchAsync(table, vector)).EnumerateArray().Select(hit => hit.GetProperty("id").GetInt64())];

    private async Task<double> ScoreAsync(string table, string vector) => (await SearchAsync(table, vector))[0].GetProperty("score").GetDouble();
}
