using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ImageSearch.EndToEnd;

/// <summary>The measured calls of <c>/milvus/img/*</c>.</summary>
internal sealed class ServiceClient(Uri address) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // No proxy lookup, redirects or cookies: the client shares the machine with the service.
    private readonly HttpClient _http =
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task CreateTableAsync() =>
        CallAsync($"/milvus/img/table?table={PictureFiles.Table}", []);

    public Task AddAsync(byte[] body) => CallAsync("/milvus/img/add", body);

    public Task SearchAsync(byte[] body) => CallAsync("/milvus/img/search", body);

    public async Task<int> CountAsync()
    {
        var response = await _http.GetByteArrayAsync(new Uri($"/milvus/img/count?table={PictureFiles.Table}", UriKind.Relative));
        using var json = JsonDocument.Parse(response);
        return json.RootElement.GetProperty("data").GetInt32();
    }

    public void Dispose() => _http.Dispose();

    private async Task CallAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (bytes.AsSpan().IndexOf("\"code\":10000"u8) < 0)
            throw new BenchException($"{path} returned HTTP {(int)response.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }
}
