using System.Text;
using System.Text.Json;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.Tests.Running;
using Microsoft.AspNetCore.Routing;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>No call of any API does anything with a table of others.</summary>
public sealed class ForeignTableTests(KeyService service) : IClassFixture<KeyService>
{
    // These need no table. What they answer must not name one of others.
    private static readonly string[] WithoutTable =
        ["GET /v1/tables", "GET /v1/imports", "GET /v1/problems", "GET /v1/problems/{code}", "GET /v1/keys/self"];

    [Fact]
    public async Task Every_endpoint_declares_what_a_key_needs()
    {
        var endpoints = await MappedEndpoints.ReadAsync();

        endpoints.Count.ShouldBeGreaterThan(45);
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RequiredAccess>() is null).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_endpoint_succeeds_on_a_table_of_others()
    {
        var foreign = $"{KeyService.NewPrefix()}secret";
        (await service.Provider.PutAsync($"/v1/tables/{foreign}", new { })).Status.ShouldBe(201);
        await service.Provider.PutItemAsync(foreign, "hidden-item", GoldenPicture.Flag);
        var before = await service.Provider.GetAsync($"/v1/tables/{foreign}");
        var begun = await service.Provider.SendAsync(
            HttpMethod.Post, $"/v1/tables/{foreign}/imports?dry_run=true", WireBody.Text("""{"url":"http://127.0.0.1:9/a.png"}""", "application/x-ndjson"));
        using var key = await service.NewKeyAsync($"{KeyService.NewPrefix()}*");
        var succeeded = new List<string>();

        foreach (var endpoint in await MappedEndpoints.ReadAsync())
        {
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                var (status, body) = await CallAsync(key.Http, method, endpoint.RoutePattern.RawText!, foreign, begun.Text("id")!);
                body.ShouldNotContain("hidden-item");
                if (IsSuccess(status, body)) succeeded.Add($"{method} {endpoint.RoutePattern.RawText!.Replace("**", "", StringComparison.Ordinal)}");
            }
        }

        succeeded.Except(WithoutTable).ShouldBeEmpty();
        var after = await service.Provider.GetAsync($"/v1/tables/{foreign}");
        (after.Text("rows"), after.ETag).ShouldBe(("1", before.ETag));
        (await service.Provider.GetAsync($"/v1/tables/{foreign}/items/hidden-item")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_time_of_a_refusal_does_not_tell_whether_the_table_exists()
    {
        var foreign = KeyService.NewPrefix();
        (await service.Provider.PutAsync($"/v1/tables/{foreign}there", new { })).Status.ShouldBe(201);
        await service.Provider.PutItemAsync($"{foreign}there", "a", GoldenPicture.Flag);
        using var key = await service.NewKeyAsync($"{KeyService.NewPrefix()}*");
        var calls = new Func<string, Task>[]
        {
            table => key.Http.GetAsync(new Uri($"/v1/tables/{foreign}{table}/items", UriKind.Relative)),
            table => key.Http.GetAsync(new Uri($"/milvus/img/count?table={foreign}{table}", UriKind.Relative)),
        };

        foreach (var call in calls)
        {
            for (var i = 0; i < 40; i++) await call(i % 2 == 0 ? "there" : "never");
            var samples = await RankTest.MeasureAsync(200, () => call("there"), () => call("never"));

            // By chance a score is beyond 5 once in two million times.
            Math.Abs(RankTest.Score(samples.First, samples.Second)).ShouldBeLessThan(5);
            (RankTest.Median(samples.First) / RankTest.Median(samples.Second)).ShouldBeInRange(0.67, 1.5);
        }
    }

    private static async Task<(int Status, string Body)> CallAsync(HttpClient http, string method, string pattern, string table, string import)
    {
        var path = pattern.Replace("{table}", table, StringComparison.Ordinal).Replace("{**key}", "hidden-item", StringComparison.Ordinal)
            .Replace("{id}", pattern.Contains("imports", StringComparison.Ordinal) ? import : "1", StringComparison.Ordinal)
            .Replace("{code}", "busy", StringComparison.Ordinal);
        if (pattern.StartsWith("/milvus/img", StringComparison.Ordinal)) path += $"?table={table}&id=1";
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(path, UriKind.Relative));
        if (method != "GET") request.Content = BodyOf(pattern, table);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static HttpContent BodyOf(string pattern, string table)
    {
        var image = GoldenPicture.Flag.Base64();
        if (pattern.EndsWith("/file", StringComparison.Ordinal)) return WireBody.Multipart(GoldenPicture.Flag, ("table", table));
        if (pattern.EndsWith("/imports", StringComparison.Ordinal)) return WireBody.Text("""{"url":"http://127.0.0.1:9/a.png"}""", "application/x-ndjson");
        if (pattern is "/v1/search") return WireBody.Json(new { queries = new[] { new { table, key = "hidden-item" } } });
        if (pattern.EndsWith(":batch", StringComparison.Ordinal)) return WireBody.Json(new { operations = new[] { new { delete = new { key = "hidden-item" } } } });
        if (pattern.EndsWith("}/search", StringComparison.Ordinal)) return WireBody.Json(new { key = "hidden-item" });
        if (pattern is "/v1/tables/{table}") return WireBody.Json(new { max_rows = 1 });
        return pattern.StartsWith("/v1/", StringComparison.Ordinal)
            ? WireBody.Json(new { image })
            : WireBody.Json(new { table, image, base64 = image, url = "http://127.0.0.1:9/a.png", path = "/a.png", id = "1", key = "hidden-item" });
    }

    // The documented APIs answer failures with status 200, and so does a search of several tables.
    private static bool IsSuccess(int status, string body)
    {
        if (status is < 200 or > 299) return false;
        if (body.Length == 0 || Encoding.UTF8.GetByteCount(body) == 0) return true;
        var json = JsonElement.Parse(body);
        if (json.TryGetProperty("results", out var results)) return results.EnumerateArray().Any(result => result.GetProperty("status").GetInt32() < 300);
        return !json.TryGetProperty("code", out var code) || code.ValueKind != JsonValueKind.Number || code.GetInt32() is not (10100 or 500);
    }
}
