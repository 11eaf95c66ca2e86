using ImageSearch.Api.Tests.Contract.ImageSim;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Contract.V1;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

public sealed class TokenTests(GuardedService service) : IClassFixture<GuardedService>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("S3CRET-T0KEN-OF-THE-SHOP")]
    [InlineData(GuardedService.Token + "x")]
    public async Task Without_the_token_every_call_is_rejected(string? token)
    {
        using var http = service.ClientOf(0, token);
        var pictures = new MilvusImgClient(http);
        string[] answers =
        [
            await pictures.TableAsync("a"), await pictures.CountAsync("a"), await pictures.DropAsync("a"), await pictures.LoadAsync("a"),
            await pictures.DeleteAsync(1, "a"), await pictures.AddAsync(new { }), await pictures.UpdateAsync(new { }), await pictures.SearchAsync(new { }),
            await pictures.PostAsync("table"), await pictures.PostAsync("add", WireBody.Text("no JSON")),
        ];
        answers.ShouldAllBe(answer => answer == """{"code":10100,"message":"token is invalid"}""");

        var library = new SimClient(http);
        foreach (var call in new[] { "add/file", "add/url", "add/path", "search/file", "search/url", "search/path", "search/base64", "del/id", "del/key" })
            (await library.PostAsync(call, new { })).ShouldBe("""{"msg":"请求非法","code":500,"data":""}""", call);
    }

    [Theory]
    [InlineData("/v1/tables")]
    [InlineData("/v1/problems")]
    public async Task The_native_API_answers_a_wrong_token_with_a_problem(string path)
    {
        using var http = service.ClientOf(0, "wrong");

        var answer = await new NativeClient(http).GetAsync(path);

        (answer.Status, answer.MediaType, answer.Text("type"), answer.Text("field"))
            .ShouldBe((401, "application/problem+json", "/v1/problems/token_invalid", "token"));
    }

    [Fact]
    public async Task With_the_token_both_ports_serve_both_APIs_on_the_same_tables()
    {
        using var first = service.ClientOf(0);
        using var second = service.ClientOf(1);
        var table = await new MilvusImgClient(first).NewTableAsync();

        await new MilvusImgClient(second).AddedAsync(table, GoldenPicture.Arrow);
        await new SimClient(first).AddAsync(table, GoldenPicture.Flag, "flag");

        (await new SimClient(second).FoundAsync(table, GoldenPicture.Flag)).Count.ShouldBe(2);
        (await new MilvusImgClient(first).CountAsync(table)).ShouldBe(MilvusImgClient.Data(2));
    }

    [Fact]
    public async Task A_token_in_the_body_does_not_count()
    {
        using var http = service.ClientOf(0, token: null);
        (await new MilvusImgClient(http).AddAsync(new { token = GuardedService.Token })).ShouldBe("""{"code":10100,"message":"token is invalid"}""");
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    public async Task Health_and_the_APIs_description_need_no_token(string path)
    {
        using var http = service.ClientOf(1, token: null);
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Neither_token_nor_picture_is_logged()
    {
        using var http = service.ClientOf(0);
        var pictures = new MilvusImgClient(http);
        var library = new SimClient(http);
        var (table, base64) = (await pictures.NewTableAsync(), GoldenPicture.Arrow.Base64());
        await pictures.AddedAsync(table, GoldenPicture.Arrow);
        await library.PostAsync("search/base64", WireBody.Form(("base64", base64), ("table", table)));
        await pictures.AddAsync(new { table, image = base64[..500] });
        await pictures.PostAsync("add", WireBody.Text($"{{\"image\":\"{base64}"));
        await library.PostAsync("search/base64", WireBody.Text($"base64={base64}"));
        using var wrong = service.ClientOf(0, "an-0ther-t0ken");
        await new MilvusImgClient(wrong).CountAsync(table);
        await library.PostAsync("search/base64", new { limit = 3 });
        await service.Process.PrintsAsync("base64 is missing");

        var files = Directory.GetFiles(Path.Combine(service.Process.DataPath, "logs"));
        files.ShouldNotBeEmpty();
        foreach (var log in files.Select(ReadShared).Append(service.Process.Output))
        {
            log.ShouldNotContain(GuardedService.Token);
            log.ShouldNotContain("an-0ther-t0ken");
            log.ShouldNotContain(base64[..24]);
            log.ShouldNotContain(base64[200..224]);
        }
    }

    private static string ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
