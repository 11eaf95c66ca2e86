using System.Text.Json;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A client of the tables, items and searches of <c>/v1</c>.</summary>
internal sealed class NativeClient(HttpClient http)
{
    public async Task<NativeAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new NativeAnswer(
            (int)answer.StatusCode,
            text.Length == 0 || answer.Content.Headers.ContentType?.MediaType?.StartsWith("image/", StringComparison.Ordinal) == true ? default : JsonElement.Parse(text),
            answer.Headers.ETag?.ToString(),
            answer.Headers.Location?.ToString(),
            answer.Content.Headers.ContentType?.MediaType);
    }

    public Task<NativeAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<NativeAnswer> PutAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, path, WireBody.Json(body), headers);

    public Task<NativeAnswer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, WireBody.Json(body), headers);

    public Task<NativeAnswer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, WireBody.Json(body));

    public Task<NativeAnswer> DeleteAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Delete, path, null, headers);

    /// <summary>Creates a table with a unique name.</summary>
    public async Task<string> NewTableAsync(object? settings = null)
    {
        var table = $"t{Guid.NewGuid():N}";
        (await PutAsync($"/v1/tables/{table}", settings ?? new { })).Status.ShouldBe(201);
        return table;
    }

    /// <summary>Puts an item.</summary>
    public async Task<NativeAnswer> PutItemAsync(string table, string key, byte[] picture, object? attributes = null, string? productId = null, string? tags = null)
    {
        var put = await PutAsync(
            $"/v1/tables/{table}/items/{Uri.EscapeDataString(key)}", new { image = picture.Base64(), attributes, product_id = productId, tags });
        put.Status.ShouldBeOneOf([200, 201], put.Body.ToString());
        return put;
    }

    /// <summary>The keys of the hits of a search.</summary>
    public async Task<string[]> FoundAsync(string table, object search)
    {
        var answer = await PostAsync($"/v1/tables/{table}/search", search);
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return Keys(answer.Body.GetProperty("hits"));
    }

    public static string[] Keys(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("key").GetString()!)];
}

/// <summary>An answer.</summary>
internal sealed record NativeAnswer(int Status, JsonElement Body, string? ETag, string? Location, string? MediaType)
{
    /// <summary>A member of the body; null if it is missing.</summary>
    public string? Text(string name) => Body.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The members of the body.</summary>
    public string[] Members => [.. Body.EnumerateObject().Select(member => member.Name)];
}
