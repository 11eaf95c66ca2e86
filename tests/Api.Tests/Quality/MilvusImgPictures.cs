using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ImageSearch.Api.Tests.Quality;

/// <summary>Retrieval by <c>/milvus/img/*</c>.</summary>
internal sealed class MilvusImgPictures(HttpClient client) : IPictureApi
{
    private const string Table = "quality";
    private readonly ConcurrentDictionary<long, string> _galleryIds = [];

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync(Call($"table?table={Table}"), content: null, cancellationToken);
        await DataAsync(answer, cancellationToken);
    }

    public async Task AddAsync(string galleryId, byte[] picture, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync(Call("add"), new { table = Table, image = Convert.ToBase64String(picture) }, cancellationToken);
        var data = await DataAsync(answer, cancellationToken);
        _galleryIds[long.Parse(data.GetString()!, CultureInfo.InvariantCulture)] = galleryId;
    }

    public async Task<IReadOnlyList<string>> SearchAsync(byte[] picture, CancellationToken cancellationToken)
    {
        var request = new { table = Table, image = Convert.ToBase64String(picture), TOP_K = 10 };
        using var answer = await client.PostAsJsonAsync(Call("search"), request, cancellationToken);
        var data = await DataAsync(answer, cancellationToken);
        return [.. data.EnumerateArray().Select(hit => _galleryIds[hit.GetProperty("id").GetInt64()])];
    }

    private static Uri Call(string path) => new($"/milvus/img/{path}", UriKind.Relative);

    private static async Task<JsonElement> DataAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        body.GetProperty("code").GetInt32().ShouldBe(10000, body.GetRawText());
        return body.GetProperty("data");
    }
}
