using System.Diagnostics;
using System.Globalization;
using System.Net;
using ImageSearch.Api.Tests.Contract;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>
/// A shop that adds pictures to a table of its own and counts them, and repeats a call that returns 503. It records the acknowledged rows,
/// and how long a call took with all its attempts.
/// </summary>
internal sealed class RetryingClient(HttpClient http, string table)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    public string Table => table;

    /// <summary>The texts of rows whose add was acknowledged, by id.</summary>
    public Dictionary<long, string> Acknowledged { get; } = [];

    /// <summary>Calls that returned 503 at least once. An add among them may have stored its picture twice.</summary>
    public int Retried { get; private set; }

    /// <summary>The longest duration of a call.</summary>
    public TimeSpan Longest { get; private set; }

    public Task CreateAsync() => CallAsync(HttpMethod.Post, $"table?table={table}", () => null);

    public async Task WorkAsync(CancellationToken stop)
    {
        await Task.Yield();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var tags = string.Create(CultureInfo.InvariantCulture, $"{i}");
            var picture = GoldenPicture.Different[i % GoldenPicture.Different.Count].Base64();
            var id = MilvusImgClient.IdOf(await CallAsync(HttpMethod.Post, "add", () => WireBody.Json(new { table, image = picture, tags })));
            Acknowledged.Add(id, tags);
            await CallAsync(HttpMethod.Get, $"count?table={table}", () => null);
        }
    }

    /// <summary>Repeats a call until it succeeds and returns the response.</summary>
    public async Task<string> CallAsync(HttpMethod method, string call, Func<HttpContent?> body)
    {
        var started = Stopwatch.GetTimestamp();
        for (var attempts = 0; ; attempts++)
        {
            using var request = new HttpRequestMessage(method, new Uri($"/milvus/img/{call}", UriKind.Relative)) { Content = body() };
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && elapsed < Timeout)
            {
                if (attempts == 0) Retried++;
                await Task.Delay(RetryDelay);
                continue;
            }

            response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            text.ShouldStartWith("""{"code":10000,""");
            if (elapsed > Longest) Longest = elapsed;
            return text;
        }
    }

    /// <summary>Checks that every acknowledged row is found, and no row that was never sent.</summary>
    public async Task CheckAsync()
    {
        var found = new Dictionary<long, string>();
        foreach (var picture in GoldenPicture.Different)
        {
            var answer = await CallAsync(HttpMethod.Post, "search", () => WireBody.Json(new { table, image = picture.Base64(), TOP_K = 1000 }));
            foreach (var hit in MilvusImgClient.FoundIn(answer)) found[hit.Id] = hit.Tags;
        }

        foreach (var (id, tags) in Acknowledged) found.ShouldContainKeyAndValue(id, tags);
        (found.Count - Acknowledged.Count).ShouldBeInRange(0, Retried + 1);
    }
}
