using System.Net.Http.Headers;
using System.Text;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

/// <summary>A key is stored as the client meant it in every format, and found again by it.</summary>
[Collection(SimCollection.Name)]
public sealed class KeyTests(SimService service)
{
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("gbk")!;

    private static readonly string[] Untrimmed = ["SKU1\t"];

    private readonly SimClient _calls = service.Calls;

    [Theory]
    [InlineData("part")]
    [InlineData("field")]
    [InlineData("request")]
    public async Task A_key_in_GBK_is_the_same_from_both_kinds_of_form_where_the_charset_is_named(string named)
    {
        var table = SimClient.NewLibrary();
        using var multipart = Form(table, Gbk.GetBytes("商品甲"), named);
        (await _calls.PostAsync("add/file", multipart)).ShouldBe(SimClient.Added);
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Key.ShouldBe("商品甲");

        var escaped = string.Concat(Gbk.GetBytes("商品甲").Select(octet => $"%{octet:X2}"));
        using var form = Bytes(
            Encoding.ASCII.GetBytes($"key={escaped}&table={table}" + (named == "field" ? "&_charset_=gbk" : "")),
            "application/x-www-form-urlencoded" + (named == "field" ? "" : "; charset=GBK"));
        (await _calls.PostAsync("del/key", form)).ShouldBe(SimClient.Deleted(1));
    }

    [Fact]
    public async Task A_key_in_bytes_that_are_not_UTF_8_is_rejected_and_nothing_is_stored()
    {
        var table = SimClient.NewLibrary();
        using var multipart = Form(table, Gbk.GetBytes("商品甲"), "nowhere");
        Rejected("存储", await _calls.PostAsync("add/file", multipart));
        using var query = new MultipartFormDataContent { { new ByteArrayContent(GoldenPicture.Arrow), "file", "a.png" } };
        Rejected("存储", await _calls.PostAsync($"add/file?table={table}&key=%C9%CC", query));
        using var form = Bytes([.. "key="u8, .. Gbk.GetBytes("商品甲")], "application/x-www-form-urlencoded");
        Rejected("删除", await _calls.PostAsync("del/key", form));
        using var list = Bytes([.. "{\"key\":[\""u8, .. Gbk.GetBytes("商品甲"), .. "\"]}"u8], "application/json");
        Rejected("删除", await _calls.PostAsync("del/key", list));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldBeEmpty();

        static void Rejected(string action, string answer) => SimClient.ErrorIn(action, answer).Message.ShouldContain("not valid UTF-8");
    }

    [Fact]
    public async Task A_key_in_a_charset_that_forms_must_not_use_is_rejected()
    {
        using var multipart = Form(SimClient.NewLibrary(), Encoding.Unicode.GetBytes("甲"), "utf-16");
        SimClient.ErrorIn("存储", await _calls.PostAsync("add/file", multipart))
            .ShouldBe(("request_invalid", "text can't be taken in the charset utf-16: send it in UTF-8"));
    }

    [Fact]
    public async Task White_space_around_a_key_is_not_part_of_it()
    {
        foreach (var delete in new Func<string, HttpContent>[]
        {
            table => WireBody.Multipart(null, ("key", " SKU1 "), ("table", table)), table => WireBody.Form(("key", "SKU1"), ("table", table)),
            table => WireBody.Json(new { key = " SKU1", table }), table => WireBody.Json(new { key = Untrimmed, table }),
        })
        {
            var table = SimClient.NewLibrary();
            await _calls.AddAsync(table, GoldenPicture.Arrow, " SKU1 ");
            (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Key.ShouldBe("SKU1");
            (await _calls.PostAsync("del/key", delete(table))).ShouldBe(SimClient.Deleted(1));
        }
    }

    [Fact]
    public async Task A_blank_key_counts_as_missing()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, " \t ");
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Key.ShouldMatch("^[0-9a-f]{32}$");
    }

    [Fact]
    public async Task A_key_with_a_comma_is_deleted_by_an_array()
    {
        var table = SimClient.NewLibrary();
        await _calls.AddAsync(table, GoldenPicture.Arrow, "p,q");
        SimClient.ErrorIn("删除", await _calls.PostAsync("del/key", WireBody.Form(("key", "p,q"), ("table", table)))).Code.ShouldBe("id_not_found");
        string[] key = ["p,q"];
        (await _calls.PostAsync("del/key", new { key, table })).ShouldBe(SimClient.Deleted(1));
    }

    [Fact]
    public async Task A_field_that_is_sent_twice_is_rejected_and_never_joined()
    {
        var table = SimClient.NewLibrary();
        var multipart = WireBody.Multipart(GoldenPicture.Arrow, ("key", "p"), ("key", "q"), ("table", table));
        Rejected("存储", "key", await _calls.PostAsync("add/file", multipart));
        var files = WireBody.Multipart(GoldenPicture.Arrow, ("table", table));
        files.Add(new ByteArrayContent(GoldenPicture.Flag), "file", "b.png");
        Rejected("存储", "file", await _calls.PostAsync("add/file", files));
        Rejected("删除", "key", await _calls.PostAsync("del/key", WireBody.Form(("key", "p"), ("key", "q"), ("table", table))));
        Rejected("删除", "id", await _calls.PostAsync($"del/id?id=1&id=2&table={table}", (HttpContent?)null));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldBeEmpty();

        static void Rejected(string action, string field, string answer) =>
            SimClient.ErrorIn(action, answer).ShouldBe(("request_invalid", $"{field} is sent more than once: send it once"));
    }

    [Fact]
    public async Task Ids_and_limits_are_whole_numbers_however_they_are_written()
    {
        var table = SimClient.NewLibrary();
        foreach (var key in new[] { "a", "b", "c" }) await _calls.AddAsync(table, GoldenPicture.Arrow, key);
        var ids = (await _calls.FoundAsync(table, GoldenPicture.Arrow)).Select(hit => hit.Id).Order().ToArray();

        SimClient.FoundIn(await _calls.PostAsync("search/file", WireBody.Multipart(GoldenPicture.Arrow, ("table", table), ("limit", "1.0")))).Count.ShouldBe(1);
        (await _calls.PostAsync("del/id", WireBody.Text($$"""{"id":[{{ids[0]}}.0,{{ids[0]}}0e-1,{{ids[1]}}.5],"table":"{{table}}"}""")))
            .ShouldBe(SimClient.Deleted(1));
        (await _calls.PostAsync("del/id", WireBody.Form(("id", $"{ids[1]}.0,{ids[2]}e0,1e999999999"), ("table", table)))).ShouldBe(SimClient.Deleted(2));
    }

    [Fact]
    public async Task A_long_url_is_stored_without_its_query_and_a_given_path_takes_precedence()
    {
        var table = SimClient.NewLibrary();
        var url = $"{service.Shop.PictureUrl}?X-Amz-Security-Token={new string('A', 7_000)}";
        (await _calls.PostAsync("add/url", new { url, key = "a", table })).ShouldBe(SimClient.Added);
        (await _calls.PostAsync("add/url", new { url, key = "b", imgPath = "/sku/1.png", table })).ShouldBe(SimClient.Added);
        SimClient.FoundIn(await _calls.PostAsync("search/url", new { url, table })).OrderBy(hit => hit.Key).Select(hit => hit.FilePath)
            .ShouldBe([service.Shop.PictureUrl, "/sku/1.png"]);

        SimClient.ErrorIn("存储", await _calls.PostAsync("add/url", new { url = $"{url}{new string('A', 2_000)}", table }))
            .ShouldBe(("url_invalid", "url is longer than 8192 characters; send a shorter one or the picture itself"));
    }

    private static MultipartFormDataContent Form(string table, byte[] key, string named)
    {
        var form = WireBody.Multipart(GoldenPicture.Arrow, ("table", table));
        var part = new ByteArrayContent(key);
        if (named == "part") part.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=gbk");
        if (named == "utf-16") part.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=utf-16");
        form.Add(part, "key");
        if (named == "field") form.Add(new StringContent("gbk"), "_charset_");
        if (named == "request") form.Headers.ContentType!.CharSet = "gbk";
        return form;
    }

    private static ByteArrayContent Bytes(byte[] body, string contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
