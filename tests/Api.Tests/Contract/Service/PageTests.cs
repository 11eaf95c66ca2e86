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

    [Fact]
    public async Task Every_call_of_the_native_API_is_described_with_an_example_of_its_answer()
    {
        using var answer = await service.Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        var calls = json.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/v1/tables", StringComparison.Ordinal) || path.Name == "/v1/search")
            .Where(path => !path.Name.Contains("imports", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Name: $"{method.Name} {path.Name}", method.Value))).ToList();

        calls.Select(call => call.Name).ShouldBe(
            [
                "get /v1/tables", "get /v1/tables/{table}", "put /v1/tables/{table}", "patch /v1/tables/{table}", "delete /v1/tables/{table}",
                "get /v1/tables/{table}/items", "get /v1/tables/{table}/items/{key}", "put /v1/tables/{table}/items/{key}",
                "patch /v1/tables/{table}/items/{key}", "delete /v1/tables/{table}/items/{key}", "post /v1/tables/{table}/items:batch",
                "get /v1/tables/{table}/rows/{id}", "put /v1/tables/{table}/rows/{id}", "patch /v1/tables/{table}/rows/{id}",
                "delete /v1/tables/{table}/rows/{id}", "post /v1/tables/{table}/search", "post /v1/search", "get /v1/tables/{table}/export",
                "get /v1/tables/{table}/thumbnails/{key}", "get /v1/tables/{table}/pictures/{key}", "get /v1/tables/{table}/rows/{id}/thumbnail",
                "get /v1/tables/{table}/rows/{id}/picture", "get /v1/tables/{table}/duplicates", "post /v1/tables/{table}/duplicates",
                "get /v1/tables/{table}/duplicates/job", "delete /v1/tables/{table}/duplicates/job", "post /v1/tables/{table}/reembed",
                "get /v1/tables/{table}/reembed", "delete /v1/tables/{table}/reembed", "get /v1/tables/{table}/reembed/failures",
            ],
            ignoreOrder: true);
        foreach (var (name, call) in calls)
        {
            call.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
            if (name.StartsWith("delete", StringComparison.Ordinal)) continue;
            var success = call.GetProperty("responses").EnumerateObject().First(answer => answer.Name is "200" or "202").Value.GetProperty("content");
            // A picture has no example.
            if (success.TryGetProperty("image/webp", out _)) continue;
            var mediaType = name.EndsWith("/export", StringComparison.Ordinal) ? "application/x-ndjson" : "application/json";
            success.GetProperty(mediaType).TryGetProperty("example", out _).ShouldBeTrue(name);
            // A search for duplicates has its parameters in the query.
            if (name.StartsWith("get", StringComparison.Ordinal) || name.EndsWith("/duplicates", StringComparison.Ordinal)) continue;
            call.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _).ShouldBeTrue(name);
        }
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    public async Task The_page_of_the_APIs_is_served(string path)
    {
        using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/ui")]
    [InlineData("/ui/tables")]
    public async Task The_pages_for_people_are_served(string path)
    {
        using var answer = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("blazor.web.js");
    }

    [Fact]
    public async Task An_unknown_path_is_answered_in_JSON()
    {
        using var answer = await service.Client.GetAsync(new Uri("/nothing", UriKind.Relative));
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"detail":"Not Found"}""");
    }
}
