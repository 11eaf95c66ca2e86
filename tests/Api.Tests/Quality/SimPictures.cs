using System.Net.Http.Json;
using System.Text.Json;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>Retrieval by <c>/api/image/sim/*</c>.</summary>
internal sealed class SimPictures(HttpClient client) : IPictureApi
{
    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task AddAsync(string galleryId, byte[] picture, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "file", "picture" }, { new StringContent(galleryId), "key" } };
        using var answer = await client.PostAsync(Call("add/file"), form, cancellationToken);
        await DataAsync(answer, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> SearchAsync(byte[] picture, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(picture), "file", "picture" }, { new StringContent("10"), "limit" } };
        using var answer = await client.PostAsync(Call("search/file"), form, cancellationToken);
        var data = await DataAsync(answer, cancellationToken);
        return [.. data.EnumerateArray().Select(hit => hit.GetProperty("key").GetString()!)];
    }

    private static Uri Call(string path) => new($"/api/image/sim/{path}", UriKind.Relative);

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        body.GetProperty("code").GetInt32().ShouldBe(200, body.GetRawText());
        return body.GetProperty("data");
    }
}
