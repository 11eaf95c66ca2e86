using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

/// <summary>A client of <c>/api/image/sim/*</c> that returns whole bodies and expects status 200.</summary>
internal sealed class SimClient(HttpClient http)
{
    public const string Added = """{"msg":"存储图片成功!","code":200,"data":true}""";
    public const string NothingFound = """{"msg":"检索图片成功!","code":200,"data":[]}""";

    public static string Deleted(int rows) => string.Create(CultureInfo.InvariantCulture, $$"""{"msg":"删除图片成功!","code":200,"data":{{rows}}}""");

    public Task<string> PostAsync(string call, HttpContent? body) => SendAsync(HttpMethod.Post, call, body);

    public Task<string> PostAsync(string call, object fields) => PostAsync(call, WireBody.Json(fields));

    public async Task<string> SendAsync(HttpMethod method, string call, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/image/sim/{call}", UriKind.Relative)) { Content = body };
        return await http.SendAsync(request).ReadOkAsync();
    }

    /// <summary>Adds a picture to a library of the test.</summary>
    public async Task AddAsync(string table, byte[] picture, string key) =>
        (await PostAsync("add/file", WireBody.Multipart(picture, ("table", table), ("key", key)))).ShouldBe(Added);

    public async Task<IReadOnlyList<SimFound>> FoundAsync(string table, byte[] picture) =>
        FoundIn(await PostAsync("search/file", WireBody.Multipart(picture, ("table", table))));

    /// <summary>The hits of an answer; the three documented keys come first, others only after them.</summary>
    public static IReadOnlyList<SimFound> FoundIn(string answer)
    {
        answer.ShouldStartWith("""{"msg":"检索图片成功!","code":200,"data":[""");
        answer.ShouldEndWith("]}");
        using var json = JsonDocument.Parse(answer);
        var found = new List<SimFound>();
        foreach (var hit in json.RootElement.GetProperty("data").EnumerateArray())
        {
            hit.EnumerateObject().Select(property => property.Name).ShouldBe(["key", "filepath", "id", "distance", "score", "idStr"]);
            var id = hit.GetProperty("id").GetInt64();
            hit.GetProperty("idStr").GetString().ShouldBe(id.ToString(CultureInfo.InvariantCulture));
            id.ShouldBeInRange(1, (1L << 53) - 1);
            found.Add(
                new SimFound(
                    hit.GetProperty("key").GetString()!,
                    hit.GetProperty("filepath").GetString()!,
                    id,
                    hit.GetProperty("distance").GetDouble(),
                    hit.GetProperty("score").GetDouble()));
        }

        return found;
    }

    /// <summary>The reason of a failure; the answer must be the documented text followed by the key <c>error</c>.</summary>
    /// <param name="action">存储, 检索 or 删除.</param>
    /// <param name="answer">The body.</param>
    public static (string Code, string Message) ErrorIn(string action, string answer)
    {
        answer.ShouldStartWith($$"""{"msg":"{{action}}图片失败!","code":500,"data":null,"error":{"code":""");
        using var json = JsonDocument.Parse(answer);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["msg", "code", "data", "error"]);
        var error = json.RootElement.GetProperty("error");
        error.EnumerateObject().Select(property => property.Name).ShouldBe(["code", "message"]);
        error.GetProperty("code").GetString()!.ShouldMatch("^[a-z0-9]+(_[a-z0-9]+)*$");
        return (error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!);
    }

    /// <summary>A unique name of a library, which its first picture creates.</summary>
    public static string NewLibrary() => $"s{Guid.NewGuid():N}";
}

/// <summary>A hit of a search.</summary>
internal sealed record SimFound(string Key, string FilePath, long Id, double Distance, double Score);
