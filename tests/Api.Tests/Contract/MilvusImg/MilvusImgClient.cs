using System.Globalization;
using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.MilvusImg;

/// <summary>A client of <c>/milvus/img/*</c> that returns whole bodies and expects status 200.</summary>
internal sealed class MilvusImgClient(HttpClient http)
{
    public const string Done = """{"code":10000,"message":"Successfully"}""";
    public const string Created = """{"code":10000,"message":"Successfully","data":null}""";
    public const string NoTable = """{"code":10100,"message":"table does not exist, please call \"/milvus/img/table\" first"}""";
    public const string NoId = """{"code":10100,"message":"id not exist"}""";
    public const string NoPicture = """{"code":10100,"message":"Image and url are required"}""";

    public static string Data(object json) => string.Create(CultureInfo.InvariantCulture, $$"""{"code":10000,"message":"Successfully","data":{{json}}}""");

    public Task<string> TableAsync(string table) => PostAsync($"table?table={Uri.EscapeDataString(table)}");

    public Task<string> DropAsync(string table) => PostAsync($"drop?table={table}");

    public Task<string> LoadAsync(string table) => PostAsync($"load?table={table}");

    public Task<string> DeleteAsync(object id, string table) => PostAsync($"delete?id={id}&table={table}");

    public Task<string> CountAsync(string table) => http.GetAsync(Call($"count?table={table}")).ReadOkAsync();

    public Task<string> AddAsync(object fields) => PostAsync("add", WireBody.Json(fields));

    public Task<string> UpdateAsync(object fields) => PostAsync("update", WireBody.Json(fields));

    public Task<string> SearchAsync(object fields) => PostAsync("search", WireBody.Json(fields));

    public Task<string> PostAsync(string call, HttpContent? body = null) => http.PostAsync(Call(call), body).ReadOkAsync();

    public async Task<(int Status, string Body)> SendAsync(HttpMethod method, string call)
    {
        using var request = new HttpRequestMessage(method, Call(call));
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Creates a table with a unique name.</summary>
    public async Task<string> NewTableAsync()
    {
        var table = $"t{Guid.NewGuid():N}";
        (await TableAsync(table)).ShouldBe(Created);
        return table;
    }

    /// <summary>Adds a picture.</summary>
    /// <returns>Its id, a string in the answer.</returns>
    public async Task<long> AddedAsync(string table, byte[] picture, string? tags = null, string? brief = null) =>
        IdOf(await AddAsync(new { table, image = picture.Base64(), tags, brief }));

    public async Task<IReadOnlyList<MilvusImgFound>> FoundAsync(string table, byte[] picture, int topK = 10) =>
        FoundIn(await SearchAsync(new { table, image = picture.Base64(), TOP_K = topK }));

    public static long IdOf(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        var id = long.Parse(json.RootElement.GetProperty("data").GetString()!, CultureInfo.InvariantCulture);
        answer.ShouldBe(Data($"\"{id}\""));
        return id;
    }

    /// <summary>The hits of an answer, whose keys must be the documented ones in their order.</summary>
    public static IReadOnlyList<MilvusImgFound> FoundIn(string answer)
    {
        answer.ShouldStartWith("""{"code":10000,"message":"Successfully","data":[""");
        using var json = JsonDocument.Parse(answer);
        var found = new List<MilvusImgFound>();
        foreach (var hit in json.RootElement.GetProperty("data").EnumerateArray())
        {
            hit.EnumerateObject().Select(property => property.Name).ShouldBe(["id", "tags", "brief", "distance"]);
            found.Add(
                new MilvusImgFound(
                    hit.GetProperty("id").GetInt64(),
                    hit.GetProperty("tags").GetString()!,
                    hit.GetProperty("brief").GetString()!,
                    hit.GetProperty("distance").GetDouble()));
        }

        return found;
    }

    /// <summary>The message of an error; the answer must have no other keys than code and message.</summary>
    public static string ErrorIn(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        json.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["code", "message"], answer);
        json.RootElement.GetProperty("code").GetInt32().ShouldBe(10100);
        return json.RootElement.GetProperty("message").GetString()!;
    }

    private static Uri Call(string call) => new($"/milvus/img/{call}", UriKind.Relative);
}

/// <summary>A hit of a search.</summary>
internal sealed record MilvusImgFound(long Id, string Tags, string Brief, double Distance);
