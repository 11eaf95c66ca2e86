using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;

namespace ImageSearch.Api.Tests.Contract.Service;

[Collection(MilvusImgCollection.Name)]
public sealed class PageTests(MilvusImgService service)
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_answered(string path)
    {
        var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative)).ReadOkAsync();
        using var json = JsonDocument.Parse(answer);
        json.RootElement.GetProperty("status").GetString().ShouldBe("Healthy");
    }

    [Fact]
    public async Task The_description_lists_every_call()
    {
        using var answer = await service.Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var calls = json.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name} {path.Name}"));

        calls.Where(call => call.Contains("/milvus/img/", StringComparison.Ordinal)).ShouldBe(
            [
                "post /milvus/img/table", "post /milvus/img/add", "post /milvus/img/update", "post /milvus/img/search", "post /milvus/img/delete",
                "post /milvus/img/drop", "post /milvus/img/load", "get /milvus/img/count",
            ],
            ignoreOrder: true);
        calls.Where(call => call.Contains("/api/image/sim/", StringComparison.Ordinal)).ShouldBe(
            [
                "post /api/image/sim/add/file", "post /api/image/sim/add/url", "post /api/image/sim/add/path", "post /api/image/sim/search/file",
                "post /api/image/sim/search/url", "post /api/image/sim/search/path", "post /api/image/sim/search/base64",
                "post /api/image/sim/del/id", "delete /api/image/sim/del/id", "post /api/image/sim/del/key", "delete /api/image/sim/del/key",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    public async Task The_page_of_the_APIs_is_served(string path)
    {
        using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    [Fact]
    public async Task An_unknown_path_is_answered_in_JSON()
    {
        using var answer = await service.Client.GetAsync(new Uri("/nothing", UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"detail":"Not Found"}""");
    }
}
