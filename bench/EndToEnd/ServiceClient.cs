using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ImageSearch.EndToEnd;

/// <summary>The measured calls.</summary>
internal sealed class ServiceClient(Uri address) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
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

    public async Task CreateTablesAsync()
    {
        await CallAsync($"/milvus/img/table?table={PictureFiles.Table}", []);
        await CallAsync($"/milvus/img/table?table={PictureFiles.ImportTable}", []);
    }

    public Task AddAsync(byte[] body) => CallAsync("/milvus/img/add", body);

    public Task SearchAsync(byte[] body) => CallAsync("/milvus/img/search", body);

    /// <summary>Imports a list, and returns when the import has ended.</summary>
    public async Task ImportAsync(string list)
    {
        using var content = new StringContent(list, Encoding.UTF8, "application/x-ndjson");
        using var begun = await _http.PostAsync(new Uri($"/v1/tables/{PictureFiles.ImportTable}/imports", UriKind.Relative), content);
        var (id, _) = await ReadAsync(begun);
        while (true)
        {
            await Task.Delay(PollInterval);
            using var progress = await _http.GetAsync(new Uri($"/v1/imports/{id}", UriKind.Relative));
            var (_, state) = await ReadAsync(progress);
            if (state == "finished") return;
            if (state is not ("running" or "receiving")) throw new BenchException($"import {id} ended as {state}");
        }
    }

    public async Task<int> CountAsync()
    {
        var response = await _http.GetByteArrayAsync(new Uri($"/milvus/img/count?table={PictureFiles.Table}", UriKind.Relative));
        using var json = JsonDocument.Parse(response);
        return json.RootElement.GetProperty("data").GetInt32();
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(string Id, string State)> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new BenchException($"HTTP {(int)response.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        return (json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty("state").GetString()!);
    }

    private async Task CallAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (bytes.AsSpan().IndexOf("\"code\":10000"u8) < 0)
            throw new BenchException($"{path} returned HTTP {(int)response.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }
}
