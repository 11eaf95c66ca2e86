using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Exports with kept pictures, which a copied table then sends as the table that was copied does.</summary>
public sealed class ExportPicturesTests(PictureService service) : IClassFixture<PictureService>
{
    private const string Html = "<html><script>alert(1)</script></html>";

    private readonly NativeClient _calls = new(service.Client);
    private readonly ImportClient _imports = new(service.Client);

    [Fact]
    public async Task A_copied_table_sends_the_same_thumbnails_and_pictures()
    {
        var table = await FilledAsync();
        var copy = await _calls.NewTableAsync();

        var export = await ExportAsync(table);
        var import = await _imports.ImportAsync(copy, export);

        var lines = Lines(export);
        ImportClient.Counts(import).ShouldBe((lines.Length, lines.Length, 0));
        lines.Select(Files).ShouldBe(["thumbnail,picture", "thumbnail,picture", "thumbnail,picture", ""]);
        foreach (var line in lines[..3])
        {
            var id = line.GetProperty("id");
            foreach (var (kind, field) in ((string, string)[])[("thumbnail", "thumbnail"), ("picture", "picture")])
            {
                var source = await FileAsync($"/v1/tables/{table}/rows/{id}/{kind}");
                var copied = await FileAsync($"/v1/tables/{copy}/rows/{id}/{kind}");
                (copied.ETag, copied.Type).ShouldBe((source.ETag, source.Type));
                copied.Bytes.ShouldBe(source.Bytes);
                copied.Bytes.ShouldBe(line.GetProperty(field).GetBytesFromBase64());
            }
        }

        (await _calls.GetAsync($"/v1/tables/{copy}/rows/{lines[3].GetProperty("id")}/thumbnail")).Text("code").ShouldBe("picture_not_kept");
        Lines(await ExportAsync(copy)).Select(line => line.ToString()).ShouldBe(lines.Select(line => line.ToString()));
    }

    [Fact]
    public async Task Lines_have_no_files_unless_they_are_asked_for()
    {
        var table = await FilledAsync();

        Lines(await ExportAsync(table, "")).Select(Files).ShouldAllBe(files => files.Length == 0);
        Lines(await ExportAsync(table, "?pictures=true&vectors=false")).Select(Files).ShouldBe(["thumbnail,picture", "thumbnail,picture", "thumbnail,picture", ""]);
    }

    [Fact]
    public async Task A_picture_of_many_megabytes_is_copied()
    {
        var (table, copy) = (await _calls.NewTableAsync(), await _calls.NewTableAsync());
        byte[] large = [.. GoldenPicture.Wine, .. Enumerable.Repeat((byte)7, 12 << 20)];
        using var body = new ByteArrayContent(large) { Headers = { ContentType = new("image/jpeg") } };
        (await _calls.SendAsync(HttpMethod.Put, $"/v1/tables/{table}/items/large", body)).Status.ShouldBe(201);

        ImportClient.Counts(await _imports.ImportAsync(copy, await ExportAsync(table))).ShouldBe((1, 1, 0));

        (await FileAsync($"/v1/tables/{copy}/pictures/large")).Bytes.ShouldBe(large);
    }

    [Fact]
    public async Task A_line_replaces_and_removes_the_files_of_its_row()
    {
        var table = await FilledAsync();
        var lines = Lines(await ExportAsync(table));
        var (path, key) = ($"/v1/tables/{table}/thumbnails/arrow", lines[0].GetProperty("key").GetString());
        var before = await FileAsync(path);

        await StoreAsync(table, Line(key!, lines[0], thumbnail: lines[1].GetProperty("thumbnail").GetString()));

        var replaced = await FileAsync(path);
        replaced.ETag.ShouldNotBe(before.ETag);
        replaced.Bytes.ShouldBe(lines[1].GetProperty("thumbnail").GetBytesFromBase64());
        (await _calls.GetAsync($"/v1/tables/{table}/pictures/arrow")).Text("code").ShouldBe("picture_not_kept");
        await StoreAsync(table, Line(key!, lines[0]));
        (await _calls.GetAsync(path)).Text("code").ShouldBe("picture_not_kept");
    }

    [Fact]
    public async Task A_table_keeps_of_a_line_what_its_setting_says()
    {
        var export = await ExportAsync(await FilledAsync());
        foreach (var (setting, thumbnail, picture) in ((string, int, int)[])[("none", 404, 404), ("thumbnail", 200, 404), ("original", 200, 200)])
        {
            var copy = await _calls.NewTableAsync(new { keep_pictures = setting });
            await _imports.ImportAsync(copy, export);

            (await _calls.GetAsync($"/v1/tables/{copy}/thumbnails/arrow")).Status.ShouldBe(thumbnail);
            (await _calls.GetAsync($"/v1/tables/{copy}/pictures/arrow")).Status.ShouldBe(picture);
        }
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_must_be_fails_its_line()
    {
        var table = await FilledAsync();
        var source = Lines(await ExportAsync(table))[0];
        var thumbnail = source.GetProperty("thumbnail").GetBytesFromBase64();
        var (text, copy) = (System.Text.Encoding.UTF8.GetBytes(Html), await _calls.NewTableAsync());
        (string Key, string? Thumbnail, string? Picture, string Code)[] cases =
        [
            ("html", text.Base64(), null, "picture_type_unknown"),
            ("png", GoldenPicture.Flag.Base64(), null, "picture_type_unknown"),
            ("wide", GoldenPicture.Folder.Base64(), null, "picture_too_large"),
            ("cut", thumbnail[..^20].Base64(), null, "picture_truncated"),
            ("behind", ((byte[])[.. thumbnail, .. text]).Base64(), null, "picture_corrupt"),
            ("page", null, text.Base64(), "picture_type_unknown"),
            ("large", new byte[300_000].Base64(), null, "request_invalid"),
            ("broken", "%%%", null, "base64_invalid"),
        ];

        var import = await _imports.ImportAsync(
            $"{copy}?on_error=continue", string.Join('\n', [.. cases.Select(each => Line(each.Key, source, each.Thumbnail, each.Picture)), Line("good", source)]));

        ImportClient.Counts(import).ShouldBe((cases.Length + 1, 1, cases.Length));
        var failures = (await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{import.GetProperty("id").GetString()}/failures")).Body.GetProperty("failures");
        failures.EnumerateArray().Select(failure => failure.GetProperty("code").GetString()).ShouldBe(cases.Select(each => each.Code));
        (await _calls.GetAsync($"/v1/tables/{copy}")).Text("rows").ShouldBe("1");
    }

    [Theory]
    [InlineData("thumbnail")]
    [InlineData("picture")]
    public async Task A_file_without_a_vector_is_refused(string field)
    {
        var table = await _calls.NewTableAsync();

        var (status, body) = await _imports.PostAsync(
            table, $$"""{"key":"k","image":"{{GoldenPicture.Flag.Base64()}}","{{field}}":"{{GoldenPicture.Folder.Base64()}}"}""");

        (status, body.GetProperty("field").GetString()).ShouldBe((System.Net.HttpStatusCode.BadRequest, "vector"));
    }

    [Fact]
    public async Task A_dry_run_checks_the_files_and_stores_none()
    {
        var source = Lines(await ExportAsync(await FilledAsync()))[0];
        var copy = await _calls.NewTableAsync();

        var import = await _imports.ImportAsync($"{copy}?dry_run=true", $"{source}\n{Line("html", source, System.Text.Encoding.UTF8.GetBytes(Html).Base64())}");

        ImportClient.Counts(import).ShouldBe((2, 1, 1));
        (await _calls.GetAsync($"/v1/tables/{copy}")).Text("picture_bytes").ShouldBe("0");
    }

    private static string Line(string key, JsonElement source, string? thumbnail = null, string? picture = null) =>
        ImportClient.Line(new { key, vector = source.GetProperty("vector").GetString(), thumbnail, picture });

    private static string Files(JsonElement line) =>
        string.Join(',', line.EnumerateObject().Select(member => member.Name).Where(name => name is "thumbnail" or "picture"));

    private static JsonElement[] Lines(string export) =>
        [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    private async Task StoreAsync(string table, string line) => ImportClient.Counts(await _imports.ImportAsync(table, line)).ShouldBe((1, 1, 0));

    private async Task<string> ExportAsync(string table, string query = "?pictures=true") =>
        await service.Client.GetStringAsync(new Uri($"/v1/tables/{table}/export{query}", UriKind.Relative));

    private async Task<(byte[] Bytes, string ETag, string Type)> FileAsync(string path)
    {
        using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, path);
        return (await answer.Content.ReadAsByteArrayAsync(), answer.Headers.ETag!.ToString(), answer.Content.Headers.ContentType!.ToString());
    }

    // Three pictures, and a row from a vector alone.
    private async Task<string> FilledAsync()
    {
        var table = await _calls.NewTableAsync();
        await _calls.PutItemAsync(table, "arrow", GoldenPicture.Arrow);
        await _calls.PutItemAsync(table, "wine", GoldenPicture.Wine);
        await _calls.PutItemAsync(table, "folder", GoldenPicture.Folder);
        await StoreAsync(table, ImportClient.Line(new { key = "vector", vector = UnitVector.Of(1, 512) }));
        return table;
    }
}
