using System.Diagnostics;
using System.Globalization;
using System.Net;
using ImageSearch.Api.Tests.Contract;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>
/// A client that adds pictures to a table of its own and counts them, and retries a call on status 503. It records acknowledged adds and
/// the duration of calls with their retries.
/// </summary>
internal sealed class RetryingClient(HttpClient http, string table)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    public string Table => table;

    /// <summary>Tags of acknowledged adds by id.</summary>
    public Dictionary<long, string> Acknowledged { get; } = [];

    /// <summary>The number of calls that got status 503 at least once. The picture of such an add may be stored twice.</summary>
    public int Retried { get; private set; }

    /// <summary>The duration of the longest call.</summary>
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

    /// <summary>Makes a call with retries.</summary>
    public async Task<string> CallAsync(HttpMethod method, string call, Func<HttpContent?> body)
    {
        var started = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, new Uri($"/milvus/img/{call}", UriKind.Relative)) { Content = body() };
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(started);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && took < Timeout)
            {
                if (attempt == 0) Retried++;
                await Task.Delay(RetryDelay);
                continue;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            text.ShouldStartWith("""{"code":10000,""");
            if (took > Longest) Longest = took;
            return text;
        }
    }

    /// <summary>Verifies that all acknowledged rows are found, and no more than retried adds explain.</summary>
    public async Task VerifyAsync()
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
