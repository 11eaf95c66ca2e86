using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>The OpenAPI document has what the calls accept and answer.</summary>
public sealed class DescriptionTests(ErrorService service) : IClassFixture<ErrorService>
{
    // These name another picture than the body.
    private static readonly string[] OtherPictures = ["image", "url", "server_path", "key", "id", "vector", "examples"];

    [Fact]
    public async Task Every_parameter_that_a_call_accepts_is_described()
    {
        foreach (var (method, path, call) in await CallsAsync())
        {
            var accepted = await AcceptedAsync(method, path);

            Parameters(call, "query").Select(parameter => parameter.GetProperty("name").GetString()).ShouldBe(accepted, ignoreOrder: true, $"{method} {path}");
        }
    }

    [Fact]
    public async Task Every_parameter_has_a_type_and_a_description()
    {
        foreach (var (method, path, call) in await CallsAsync())
        {
            foreach (var parameter in Parameters(call, "query").Concat(Parameters(call, "header")).Concat(Parameters(call, "path")))
            {
                parameter.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace($"{method} {path}");
                parameter.GetProperty("schema").TryGetProperty("type", out _).ShouldBeTrue($"{method} {path} {parameter}");
            }
        }
    }

    [Theory]
    [InlineData("get /v1/tables", "limit", 1, 1000, 100)]
    [InlineData("get /v1/tables/{table}/items", "limit", 1, 1000, 100)]
    [InlineData("post /v1/tables/{table}/search", "limit", 1, 1000, 10)]
    public async Task Bounds_and_defaults_are_described(string call, string name, int min, int max, int initial)
    {
        var schema = await SchemaAsync(call, name);

        (schema.GetProperty("minimum").GetInt32(), schema.GetProperty("maximum").GetInt32(), schema.GetProperty("default").GetInt32())
            .ShouldBe((min, max, initial));
    }

    [Fact]
    public async Task Words_are_described() =>
        (await SchemaAsync("put /v1/tables/{table}/items/{key}", "on_existing_key")).GetProperty("enum").EnumerateArray().Select(word => word.GetString())
            .ShouldBe(["replace", "skip", "fail"]);

    [Theory]
    [InlineData("put /v1/tables/{table}", "token", "If-Match", "If-None-Match")]
    [InlineData("get /v1/tables/{table}/items/{key}", "token", "If-None-Match")]
    [InlineData("delete /v1/tables/{table}/rows/{id}", "token", "If-Match", "If-None-Match")]
    [InlineData("post /v1/tables/{table}/items:batch", "token", "Idempotency-Key")]
    [InlineData("post /v1/tables/{table}/imports", "token", "Idempotency-Key")]
    [InlineData("post /v1/search", "token")]
    public async Task Headers_of_requests_are_described(string call, params string[] names) =>
        Parameters(await CallAsync(call), "header").Select(header => header.GetProperty("name").GetString()).ShouldBe(names);

    [Theory]
    [InlineData("put /v1/tables/{table}/items/{key}", "201", "ETag", "Location")]
    [InlineData("put /v1/tables/{table}/items/{key}", "200", "ETag")]
    [InlineData("get /v1/tables/{table}", "200", "ETag")]
    [InlineData("get /v1/tables/{table}/items/{key}", "304", "ETag")]
    [InlineData("post /v1/tables/{table}/imports", "202", "Location")]
    [InlineData("post /v1/search", "503", "Retry-After")]
    public async Task Headers_of_answers_are_described(string call, string status, params string[] names) =>
        (await CallAsync(call)).GetProperty("responses").GetProperty(status).GetProperty("headers").EnumerateObject().Select(header => header.Name)
            .ShouldBe(names, ignoreOrder: true);

    [Fact]
    public async Task Every_status_of_an_error_is_described_as_a_problem()
    {
        var calls = await CallsAsync();
        // Those of a part are in an answer with status 200.
        foreach (var error in ErrorCases.All.Where(error => error.Part is null))
        {
            var path = error.Path.Split('?')[0];
            var described = calls.Where(call => call.Method == error.Method && IsPath(call.Path, path)).ToList();
            // A path or a method that does not exist is in no document.
            if (error.Code is "path_not_found" or "method_not_allowed") continue;
            var call = described.ShouldHaveSingleItem(error.ToString()).Call;
            call.GetProperty("responses").TryGetProperty($"{error.Status}", out var answer).ShouldBeTrue(error.ToString());
            answer.GetProperty("content").TryGetProperty("application/problem+json", out _).ShouldBeTrue(error.ToString());
            answer.GetProperty("description").GetString().ShouldNotBeNull().Split(", ").ShouldContain(error.Code);
        }
    }

    // What a call says that it knows if it gets a parameter that it does not know.
    private async Task<string[]> AcceptedAsync(string method, string path)
    {
        var target = path.Replace("{table}", service.Table, StringComparison.Ordinal).Replace("{key}", "there", StringComparison.Ordinal)
            .Replace("{id}", "1", StringComparison.Ordinal).Replace("{code}", "busy", StringComparison.Ordinal);
        if (method == "DELETE") return [];
        var isPicture = method is "PUT" or "PATCH" or "POST" && (path.Contains("/items/", StringComparison.Ordinal)
            || path.Contains("/rows/", StringComparison.Ordinal) || path.EndsWith("}/search", StringComparison.Ordinal));
        using var body = isPicture ? WireBody.Bytes(GoldenPicture.Arrow, "image/png") : method == "GET" ? null : WireBody.Text("{}", "application/json");
        var answer = await service.Calls.SendAsync(HttpMethod.Parse(method), $"{target}?unheard_of=1", body);
        if (answer.MediaType != "application/problem+json" || answer.Text("field") != "unheard_of") return [];
        var known = answer.Text("bound").ShouldNotBeNull().Split(", ");
        // A body of fields has its members itself.
        if (method != "GET" && !isPicture)
            return path.EndsWith("/imports", StringComparison.Ordinal) || path.EndsWith("/duplicates", StringComparison.Ordinal) ? known : [];
        return isPicture ? [.. known.Except(OtherPictures)] : known;
    }

    private async Task<JsonElement> SchemaAsync(string call, string name) =>
        Parameters(await CallAsync(call), "query").Single(parameter => parameter.GetProperty("name").GetString() == name).GetProperty("schema");

    private async Task<JsonElement> CallAsync(string name) =>
        (await CallsAsync()).Single(call => $"{call.Method.ToLowerInvariant()} {call.Path}" == name).Call;

    private async Task<List<(string Method, string Path, JsonElement Call)>> CallsAsync()
    {
        var document = await service.Calls.GetAsync("/openapi/v1.json");
        return
        [
            .. document.Body.GetProperty("paths").EnumerateObject().Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
                .SelectMany(path => path.Value.EnumerateObject().Select(method => (method.Name.ToUpperInvariant(), path.Name, method.Value))),
        ];
    }

    private static IEnumerable<JsonElement> Parameters(JsonElement call, string place) =>
        call.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == place)
            : [];

    private static bool IsPath(string template, string path)
    {
        var (names, segments) = (template.Split('/'), path.Split('/'));
        return names.Length == segments.Length && names.Zip(segments).All(pair => IsSegment(pair.First, pair.Second));
    }

    // What follows a name in braces, such as :rotate, is literal.
    private static bool IsSegment(string template, string segment) =>
        template == segment
        || (template.StartsWith('{') && segment.Contains(':', StringComparison.Ordinal) == template.Contains(':', StringComparison.Ordinal)
            && segment.EndsWith(template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal));
}
