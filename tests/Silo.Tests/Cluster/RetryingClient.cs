using System.Diagnostics;
using System.Globalization;
using System.Net;
using ImageSearch.Api.Tests.Contract;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>
/// A shop that adds pictures and counts them, each in a table of its own, and makes a call again when the answer is 503. It remembers
/// what was acknowledged, and how long a call took with all its tries.
/// </summary>
internal sealed class RetryingClient(HttpClient http, string table)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Table => table;

    /// <summary>The texts of rows whose add was acknowledged, by id.</summary>
    public Dictionary<long, string> Acknowledged { get; } = [];

    /// <summary>Adds that were answered with 503 at least once, so that their picture may be there twice.</summary>
    public int TriedAgain { get; private set; }

    /// <summary>The longest that a call took.</summary>
    public TimeSpan Longest { get; private set; }

    public Task CreateAsync() => CallAsync(HttpMethod.Post, $"table?table={table}", () => null);

    public async Task WorkAsync(CancellationToken enough)
    {
        await Task.Yield();
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var tags = string.Create(CultureInfo.InvariantCulture, $"{i}");
            var picture = GoldenPicture.Different[i % GoldenPicture.Different.Count].Base64();
            var id = MilvusImgClient.IdOf(await CallAsync(HttpMethod.Post, "add", () => WireBody.Json(new { table, image = picture, tags })));
            Acknowledged.Add(id, tags);
            await CallAsync(HttpMethod.Get, $"count?table={table}", () => null);
        }
    }

    /// <summary>The answer, with all tries that it took.</summary>
    public async Task<string> CallAsync(HttpMethod method, string call, Func<HttpContent?> body)
    {
        var started = Stopwatch.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            using var request = new HttpRequestMessage(method, new Uri($"/milvus/img/{call}", UriKind.Relative)) { Content = body() };
            using var answer = await http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(started);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && took < Patience)
            {
                if (tries == 0) TriedAgain++;
                await Task.Delay(Pause);
                continue;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            text.ShouldStartWith("""{"code":10000,""");
            if (took > Longest) Longest = took;
            return text;
        }
    }

    /// <summary>Every acknowledged row is found, and nothing that was never sent.</summary>
    public async Task JudgeAsync()
    {
        var found = new Dictionary<long, string>();
        foreach (var picture in GoldenPicture.Different)
        {
            var answer = await CallAsync(HttpMethod.Post, "search", () => WireBody.Json(new { table, image = picture.Base64(), TOP_K = 1000 }));
            foreach (var hit in MilvusImgClient.FoundIn(answer)) found[hit.Id] = hit.Tags;
        }

        foreach (var (id, tags) in Acknowledged) found.ShouldContainKeyAndValue(id, tags);
        (found.Count - Acknowledged.Count).ShouldBeInRange(0, TriedAgain + 1);
    }
}
