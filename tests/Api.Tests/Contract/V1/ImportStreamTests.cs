using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Lists of any length and format, and what clients choose and watch.</summary>
public sealed class ImportStreamTests(ImportService service) : IClassFixture<ImportService>
{
    private readonly ImportClient _imports = new(service.Client);
    private readonly MilvusImgClient _calls = new(service.Client);

    [Fact]
    public async Task Invalid_lines_are_failures_of_their_lines_if_the_client_continues()
    {
        await ImportClient.CreateAsync(service.Client, "continued");
        string[] lines =
        [
            Picture("a"), "{", "", Picture("a"), """{"key":"b"}""", """{"url":"http://x/","tag":"x"}""", Picture("c"),
        ];

        var import = await _imports.ImportAsync("continued?on_error=continue", string.Join('\n', lines));

        ImportClient.State(import).ShouldBe("finished");
        ImportClient.Counts(import).ShouldBe((6, 2, 4));
        (await FailuresAsync(import)).Select(failure => (failure.GetProperty("line").GetInt64(), failure.GetProperty("code").GetString()))
            .ShouldBe([(2, "request_invalid"), (4, "request_invalid"), (5, "request_invalid"), (6, "request_invalid")]);
        (await _calls.CountAsync("continued")).ShouldBe(MilvusImgClient.Data(2));
    }

    [Fact]
    public async Task An_invalid_line_far_down_the_list_leaves_no_import_behind()
    {
        await ImportClient.CreateAsync(service.Client, "refused");
        string[] lines = [.. Enumerable.Range(0, 700).Select(i => Picture($"k{i}")), "{"];

        var (status, body) = await _imports.PostAsync("refused", lines);

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(body).ShouldStartWith("line 701: ");
        (await CountImportsAsync("refused")).ShouldBe(0);
        (await _calls.CountAsync("refused")).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task Too_many_invalid_lines_cancel_the_import()
    {
        await ImportClient.CreateAsync(service.Client, "hopeless");
        using var list = new StringContent(string.Concat(Enumerable.Repeat("x\n", 10_001)));

        var (status, body) = await _imports.PostListAsync("hopeless?on_error=continue", list, "application/x-ndjson");

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(body).ShouldContain("10000");
        ImportClient.Reason(body).ShouldContain("line 10001");
    }

    [Fact]
    public async Task A_picture_in_the_list_itself_is_imported()
    {
        await ImportClient.CreateAsync(service.Client, "inline");
        string[] lines =
        [
            ImportClient.Line(new { image = Convert.ToBase64String(GoldenPicture.Bottle), key = "bottle", tags = "bottle" }),
            ImportClient.Line(new { key = "arrow", image = "data:image/png;base64," + Convert.ToBase64String(GoldenPicture.Arrow), tags = "arrow" }),
            ImportClient.Line(new { key = "not a picture", image = "AAAA" }),
        ];

        var import = await _imports.ImportAsync("inline", string.Join('\n', lines));

        ImportClient.Counts(import).ShouldBe((3, 2, 1));
        (await FailuresAsync(import)).ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("picture_type_unknown");
        (await _calls.FoundAsync("inline", GoldenPicture.Bottle, 1))[0].Tags.ShouldBe("bottle");
        (await _calls.FoundAsync("inline", GoldenPicture.Arrow, 1))[0].Tags.ShouldBe("arrow");
    }

    [Theory]
    [InlineData("""{"image":"AAAA"}""", "line 1: a line with an image or a vector needs a key or an id")]
    [InlineData("""{"image":"AAAA","server_path":"/x","key":"a"}""", "line 1: server_path can't be given together with image")]
    [InlineData("""{"image":"!","key":"a"}""", "line 1: the picture's base64 text")]
    public async Task An_image_is_checked_with_its_line(string list, string reason)
    {
        await ImportClient.CreateAsync(service.Client, "inline2");
        ImportClient.Reason((await _imports.PostAsync("inline2", list)).Body).ShouldStartWith(reason);
    }

    [Fact]
    public async Task Csv_has_its_columns_by_name()
    {
        await ImportClient.CreateAsync(service.Client, "csv");
        var list = $""""
            tags,key,url,brief
            瓶子,a,{service.Shop.PictureUrl},"two
            lines, and ""quotes"""
            ,b,{service.Shop.PictureUrl},

            """";

        var import = await _imports.ImportAsync("csv", list, "text/csv");

        ImportClient.Counts(import).ShouldBe((2, 2, 0));
        (await _calls.FoundAsync("csv", GoldenPicture.Bottle, 2)).Select(hit => hit.Tags).ShouldContain("瓶子");
    }

    [Fact]
    public async Task Csv_in_the_charset_of_its_content_type_is_read()
    {
        await ImportClient.CreateAsync(service.Client, "gbk");
        using var list = new ByteArrayContent(CodePagesEncodingProvider.Instance.GetEncoding("gbk")!.GetBytes($"url,tags\n{service.Shop.PictureUrl},瓶子\n"));

        var (_, body) = await _imports.PostListAsync("gbk", list, "text/csv; charset=gbk");
        await _imports.UntilEndedAsync(body.GetProperty("id").GetString()!);

        (await _calls.FoundAsync("gbk", GoldenPicture.Bottle, 1))[0].Tags.ShouldBe("瓶子");
    }

    [Theory]
    [InlineData("url,price\nhttp://x/,1", "line 1: the column price is unknown, a list may have url, path, server_path, key, tags, brief, product_id, id")]
    [InlineData("url,url\nhttp://x/,1", "line 1: a column is there twice")]
    [InlineData("url\nhttp://x/,1", "line 2: it has 2 values, but the first line names 1 columns")]
    [InlineData("url,key\n,a", "line 2: it has no picture")]
    [InlineData("url", "the list is empty")]
    [InlineData("", "the list is empty")]
    public async Task Csv_with_an_error_begins_no_import(string list, string reason)
    {
        await ImportClient.CreateAsync(service.Client, "badcsv");
        using var content = new StringContent(list);

        var (status, body) = await _imports.PostListAsync("badcsv", content, "text/csv");

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(body).ShouldStartWith(reason);
        (await CountImportsAsync("badcsv")).ShouldBe(0);
    }

    [Fact]
    public async Task Csv_with_an_endless_row_is_refused()
    {
        await ImportClient.CreateAsync(service.Client, "badcsv");
        using var content = new StringContent("url\n\"" + new string('x', 4 << 20));

        var (status, body) = await _imports.PostListAsync("badcsv", content, "text/csv");

        status.ShouldBe(HttpStatusCode.BadRequest);
        ImportClient.Reason(body).ShouldContain("1048576 bytes");
    }

    [Fact]
    public async Task A_dry_run_checks_everything_and_stores_nothing()
    {
        await ImportClient.CreateAsync(service.Client, "dry");

        var import = await _imports.ImportAsync("dry?dry_run=true", Picture("a") + "\n" + ImportClient.Line(new { url = service.Shop.PageUrl }));

        ImportClient.Counts(import).ShouldBe((2, 1, 1));
        import.GetProperty("dry_run").GetBoolean().ShouldBeTrue();
        (await _calls.CountAsync("dry")).ShouldBe(MilvusImgClient.Data(0));
    }

    [Theory]
    [InlineData("on_error=ignore", "on_error must be one of stop, continue, but is ignore")]
    [InlineData("on_existing_key=keep", "on_existing_key must be one of replace, skip, fail, but is keep")]
    [InlineData("dry_run=1", "dry_run must be true or false, but is 1")]
    [InlineData("on_exsting_key=skip", "on_exsting_key is unknown; known are on_error, on_existing_key, on_duplicate, duplicate_score, dry_run, shared_keys, charset, folder, pattern, key")]
    public async Task A_choice_that_does_not_exist_is_refused(string query, string reason)
    {
        using var list = new StringContent(Picture("a"));
        var (status, body) = await _imports.PostListAsync($"any?{query}", list, "application/x-ndjson");
        (status, ImportClient.Reason(body)).ShouldBe((HttpStatusCode.BadRequest, reason));
    }

    [Fact]
    public async Task A_list_is_longer_than_any_other_body()
    {
        await ImportClient.CreateAsync(service.Client, "long");
        var blank = new byte[64 << 20];
        blank.AsSpan().Fill((byte)'\n');
        Encoding.UTF8.GetBytes(Picture("a")).CopyTo(blank, 50 << 20);
        using var list = new ByteArrayContent(blank);

        var (status, body) = await _imports.PostListAsync("long", list, "application/x-ndjson");

        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        ImportClient.Counts(await _imports.UntilEndedAsync(body.GetProperty("id").GetString()!)).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task A_line_without_an_image_has_at_most_a_megabyte()
    {
        await ImportClient.CreateAsync(service.Client, "wide");
        var (_, body) = await _imports.PostAsync("wide", ImportClient.Line(new { url = new string('x', 2 << 20) }));
        ImportClient.Reason(body).ShouldStartWith("line 1: it is longer than 1048576 bytes");
    }

    [Fact]
    public async Task A_list_that_breaks_off_leaves_no_import_behind()
    {
        await ImportClient.CreateAsync(service.Client, "broken");
        using var list = new BrokenContent(string.Concat(Enumerable.Range(0, 100).Select(i => Picture($"k{i}") + "\n")));

        await Should.ThrowAsync<HttpRequestException>(_imports.PostListAsync("broken", list, "application/x-ndjson"));

        while (await CountImportsAsync("broken") > 0) await Task.Delay(20);
        (await _calls.CountAsync("broken")).ShouldBe(MilvusImgClient.Data(0));
    }

    [Fact]
    public async Task Pictures_are_imported_while_the_list_arrives_if_the_client_continues()
    {
        await ImportClient.CreateAsync(service.Client, "early");
        using var list = new SlowContent(string.Concat(Enumerable.Range(0, 40).Select(i => Picture($"k{i}") + "\n")), Picture("last"));
        var sending = _imports.PostListAsync("early?on_error=continue", list, "application/x-ndjson");

        while (await _calls.CountAsync("early") != MilvusImgClient.Data(32)) await Task.Delay(20);
        var early = (await ListedAsync("early")).ShouldHaveSingleItem();
        ImportClient.State(early).ShouldBe("receiving");
        list.Finish();

        ImportClient.Counts(await _imports.UntilEndedAsync(Id((await sending).Body))).ShouldBe((41, 41, 0));
    }

    [Fact]
    public async Task Nothing_is_imported_before_the_last_line_unless_the_client_continues()
    {
        await ImportClient.CreateAsync(service.Client, "late");
        using var list = new SlowContent(string.Concat(Enumerable.Range(0, 100).Select(i => Picture($"k{i}") + "\n")), Picture("last"));
        var sending = _imports.PostListAsync("late", list, "application/x-ndjson");

        while (await CountImportsAsync("late") == 0) await Task.Delay(20);
        (await _calls.CountAsync("late")).ShouldBe(MilvusImgClient.Data(0));
        list.Finish();

        ImportClient.Counts(await _imports.UntilEndedAsync(Id((await sending).Body))).ShouldBe((101, 101, 0));
    }

    [Fact]
    public async Task Events_tell_the_progress_until_the_import_ends()
    {
        await ImportClient.CreateAsync(service.Client, "watched");
        var id = await _imports.BeginAsync("watched", [.. Enumerable.Range(0, 300).Select(i => Picture($"k{i}"))]);

        using var answer = await service.Client.GetAsync(new Uri($"/v1/imports/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await using var body = await answer.Content.ReadAsStreamAsync();
        var events = new List<(string Type, JsonElement Data)>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync()) events.Add((item.EventType, JsonElement.Parse(item.Data)));

        events.SkipLast(1).ShouldAllBe(item => item.Type == "progress");
        var (type, end) = events[^1];
        (type, end.GetProperty("state").GetString(), end.GetProperty("stored").GetInt64(), end.GetProperty("seconds_left").ValueKind)
            .ShouldBe(("end", "finished", 300, JsonValueKind.Null));
    }

    [Fact]
    public async Task All_failures_can_be_downloaded()
    {
        await ImportClient.CreateAsync(service.Client, "failing");
        var import = await _imports.ImportAsync("failing?on_error=continue", string.Concat(Enumerable.Repeat("x\n", 2_500)));

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/imports/{Id(import)}/failures", UriKind.Relative));
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await service.Client.SendAsync(request);
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        lines.Select(line => JsonElement.Parse(line).GetProperty("line").GetInt64()).ShouldBe(Enumerable.Range(1, 2_500).Select(line => (long)line));
        (await FailuresAsync(import)).Length.ShouldBe(1_000);
    }

    private string Picture(string key) => ImportClient.Line(new { url = service.Shop.PictureUrl, key });

    private static string Id(JsonElement import) => import.GetProperty("id").GetString()!;

    private async Task<JsonElement[]> FailuresAsync(JsonElement import) =>
        [.. (await _imports.SendAsync(HttpMethod.Get, $"/v1/imports/{Id(import)}/failures")).Body.GetProperty("failures").EnumerateArray()];

    private async Task<int> CountImportsAsync(string table) => (await ListedAsync(table)).Count;

    private async Task<List<JsonElement>> ListedAsync(string table) =>
    [
        .. (await _imports.SendAsync(HttpMethod.Get, "/v1/imports")).Body.GetProperty("imports").EnumerateArray()
            .Where(import => import.GetProperty("table").GetString() == table),
    ];

    /// <summary>A body that breaks off before its end.</summary>
    private sealed class BrokenContent(string start) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(start));
            await stream.FlushAsync();
            await Task.Delay(500); // The service begins the import meanwhile; without the delay it may never see the lines.
            throw new IOException("broken off");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
