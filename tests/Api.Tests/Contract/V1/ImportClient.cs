using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ImageSearch.Api.Tests.Contract.MilvusImg;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A client of <c>/v1</c>.</summary>
internal sealed class ImportClient(HttpClient client)
{
    // Generous: the machine may be busy with other work.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.SendAsync(request);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.Clone());
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string table, params string[] lines) =>
        SendAsync(HttpMethod.Post, $"/v1/tables/{table}/imports", string.Join('\n', lines));

    /// <returns>The id of an import that has begun.</returns>
    public async Task<string> BeginAsync(string table, params string[] lines)
    {
        var (status, body) = await PostAsync(table, lines);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    /// <returns>The id of an import with the header Idempotency-Key.</returns>
    public async Task<string> BeginOnceAsync(string table, string idempotencyKey, string line)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/tables/{table}/imports", UriKind.Relative));
        request.Headers.Add("Idempotency-Key", idempotencyKey);
        request.Content = new StringContent(line, Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> DescribeAsync(string id)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, $"/v1/imports/{id}");
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    /// <summary>Waits until an import satisfies a condition; 503 is tried again.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var (status, import) = await SendAsync(HttpMethod.Get, $"/v1/imports/{id}");
            if (status != HttpStatusCode.ServiceUnavailable)
            {
                status.ShouldBe(HttpStatusCode.OK, import.ToString());
                if (condition(import)) return import;
            }

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience, import.ToString());
            await Task.Delay(50);
        }
    }

    public Task<JsonElement> UntilEndedAsync(string id) => UntilAsync(id, import => State(import) is not "running");

    /// <returns>An invalid list's answer.</returns>
    public static string Reason(JsonElement refused) => refused.GetProperty("detail").GetString()!;

    /// <summary>Sends a list with choices.</summary>
    /// <param name="target">The table and the query string.</param>
    /// <param name="list">The list.</param>
    /// <param name="contentType">Its content type.</param>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostListAsync(string target, HttpContent list, string contentType)
    {
        list.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        var (table, query) = target.Split('?') is [var name, var choices] ? (name, "?" + choices) : (target, "");
        using var answer = await client.PostAsync(new Uri($"/v1/tables/{table}/imports{query}", UriKind.Relative), list);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (answer.StatusCode, json.RootElement.Clone());
    }

    /// <returns>The ended import of a list.</returns>
    public async Task<JsonElement> ImportAsync(string target, string list, string contentType = "application/x-ndjson")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(list));
        var (status, body) = await PostListAsync(target, content, contentType);
        status.ShouldBe(HttpStatusCode.Accepted, body.ToString());
        return await UntilEndedAsync(body.GetProperty("id").GetString()!);
    }

    public static string State(JsonElement import) => import.GetProperty("state").GetString()!;

    public static (long Items, long Stored, long Failed) Counts(JsonElement import) =>
        (import.GetProperty("items").GetInt64(), import.GetProperty("stored").GetInt64(), import.GetProperty("failed").GetInt64());

    /// <summary>A line for each file.</summary>
    public static string[] Lines(IEnumerable<string> paths) => [.. paths.Select(path => Line(new { path }))];

    public static string Line(object line) => JsonSerializer.Serialize(line);

    public static async Task CreateAsync(HttpClient client, string table) =>
        (await new MilvusImgClient(client).TableAsync(table)).ShouldBe(MilvusImgClient.Created);
}
