using System.Net.Http.Headers;
using System.Text;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

[Collection(MilvusImgCollection.Name)]
[Trait("Proves", "request")]
public sealed class BodyTests(MilvusImgService service)
{
    private readonly MilvusImgClient _calls = service.Calls;

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("{\"table\":\"a\"")]
    [InlineData("{\"table\":\"a\"} and more")]
    [InlineData("{'table':'a'}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("{\"table\":01}")]
    public async Task A_body_that_is_not_a_JSON_object_is_rejected(string body)
    {
        foreach (var call in new[] { "add", "update", "search" })
            MilvusImgClient.ErrorIn(await _calls.PostAsync(call, WireBody.Text(body))).ShouldStartWith("the body is not the JSON that is expected: ");
    }

    [Fact]
    public async Task An_empty_body_lacks_a_picture() => (await _calls.PostAsync("add", WireBody.Text(""))).ShouldBe(MilvusImgClient.NoPicture);

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task A_deeply_nested_body_is_rejected(char open, char close)
    {
        const int Depth = 100_000;
        var nested = open == '[' ? new string(open, Depth) + new string(close, Depth) : string.Concat(Enumerable.Repeat("{\"a\":", Depth));
        MilvusImgClient.ErrorIn(await _calls.PostAsync("search", WireBody.Text($"{{\"extra\":{nested}}}"))).ShouldContain("16");
    }

    [Fact]
    public async Task Sixteen_levels_of_nesting_in_an_unknown_field_are_accepted()
    {
        var nested = new string('[', 15) + new string(']', 15);
        (await _calls.PostAsync("add", WireBody.Text($"{{\"extra\":{nested}}}"))).ShouldBe(MilvusImgClient.NoPicture);
        MilvusImgClient.ErrorIn(await _calls.PostAsync("add", WireBody.Text($"{{\"extra\":[{nested}]}}"))).ShouldContain("16");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream")]
    [InlineData("nonsense/*;;")]
    [InlineData(null)]
    public async Task JSON_is_accepted_under_any_content_type_with_or_without_a_byte_order_mark(string? contentType)
    {
        var table = await _calls.NewTableAsync();
        var json = Encoding.UTF8.GetBytes($$"""{"table":"{{table}}","image":"{{GoldenPicture.Arrow.Base64()}}"}""");
        foreach (var body in new byte[][] { json, [.. Encoding.UTF8.Preamble, .. json] })
        {
            using var content = new ByteArrayContent(body);
            if (contentType is not null) content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            MilvusImgClient.IdOf(await _calls.PostAsync("add", content));
        }
    }

    [Fact]
    public async Task A_form_is_accepted_too()
    {
        var table = await _calls.NewTableAsync();
        MilvusImgClient.IdOf(await _calls.PostAsync("add", WireBody.Form(("table", table), ("image", GoldenPicture.Arrow.Base64()), ("tags", "红色"))));
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Tags.ShouldBe("红色");
    }

    [Theory]
    [InlineData("table", "[\"a\"]")]
    [InlineData("table", "{}")]
    [InlineData("tags", "[]")]
    [InlineData("brief", "true")]
    [InlineData("url", "{}")]
    public async Task A_field_of_the_wrong_kind_is_rejected_by_name(string field, string value)
    {
        var table = await _calls.NewTableAsync();
        var known = field == "table" ? "" : $"\"table\":\"{table}\",";
        var image = field == "url" ? "" : $"\"image\":\"{GoldenPicture.Arrow.Base64()}\",";
        (await _calls.PostAsync("add", WireBody.Text($"{{{known}{image}\"{field}\":{value}}}")))
            .ShouldBe($$"""{"code":10100,"message":"{{field}} must be a text"}""");
    }

    [Theory]
    [InlineData("tags", "UTF-8")]
    [InlineData("brief", "UTF-8")]
    [InlineData("table", "UTF-8")]
    [InlineData("image", "base64")]
    [InlineData("url", "UTF-8")]
    public async Task Half_a_surrogate_pair_is_rejected_as_the_client_s_fault(string field, string fault) =>
        MilvusImgClient.ErrorIn(await _calls.PostAsync("add", WireBody.Text($$"""{"image":"AAAA","{{field}}":"\ud83d"}"""))).ShouldContain(fault);

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_rejected_as_the_client_s_fault()
    {
        using var body = new ByteArrayContent([.. "{\"image\":\"AAAA\",\"tags\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        MilvusImgClient.ErrorIn(await _calls.PostAsync("add", body)).ShouldContain("UTF-8");
    }

    [Fact]
    public async Task A_zero_character_in_a_text_is_stored()
    {
        var table = await _calls.NewTableAsync();
        await _calls.AddedAsync(table, GoldenPicture.Arrow, "a\0b");
        (await _calls.FoundAsync(table, GoldenPicture.Arrow)).ShouldHaveSingleItem().Tags.ShouldBe("a\0b");
    }

    [Theory]
    [InlineData("GET", "add", 405)]
    [InlineData("GET", "table?table=a", 405)]
    [InlineData("POST", "count?table=a", 405)]
    [InlineData("POST", "nothing", 404)]
    public async Task An_unknown_call_is_answered_with_its_status_in_JSON(string method, string call, int status)
    {
        var answer = await _calls.SendAsync(new HttpMethod(method), call);
        answer.ShouldBe((status, status == 404 ? """{"detail":"Not Found"}""" : """{"detail":"Method Not Allowed"}"""));
    }
}
