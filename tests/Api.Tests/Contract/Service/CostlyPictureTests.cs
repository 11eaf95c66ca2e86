using System.Globalization;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.Service;

/// <summary>Small files that are costly to decode, on a service with one lane.</summary>
public sealed class CostlyPictureTests : IClassFixture<CostlyPictureTests.SlowService>
{
    // 40 KB that take a second.
    private static readonly byte[] Costly = PngFile.Black(8_000, 7_000);

    private readonly SlowService _service;

    public CostlyPictureTests(SlowService service) => _service = service;

    [Fact]
    public async Task A_disconnecting_client_cancels_the_work_on_its_picture()
    {
        using var client = new HttpClient { BaseAddress = _service.Process.Address };
        using var timeout = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 4).Select(_ => SearchAsync(client, timeout.Token)).ToList();
        await WaitForAsync("imagesearch_embedding_waiting", "", least: 3);

        await timeout.CancelAsync();

        foreach (var call in calls) await Should.ThrowAsync<OperationCanceledException>(call);
        // A picture or two may be done between the look at the metrics and the end of the calls.
        await WaitForAsync("imagesearch_embedding_duration_seconds_count", "outcome=\"cancelled\"", least: 2);
    }

    // Again and again: on a busy machine all pictures could be embedded between two looks at the metrics.
    private static async Task SearchAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var body = WireBody.Multipart(Costly);
            using var answer = await client.PostAsync(new Uri("/api/image/sim/search/file", UriKind.Relative), body, cancellationToken);
        }
    }

    private async Task WaitForAsync(string metric, string label, int least)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await IsAsync(metric, label, least, timeout.Token)) await Task.Delay(100, timeout.Token);
    }

    private async Task<bool> IsAsync(string metric, string label, int least, CancellationToken cancellationToken)
    {
        var metrics = await _service.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancellationToken);
        return metrics.Split('\n').Any(
            line => line.StartsWith(metric, StringComparison.Ordinal)
                && line.Contains(label)
                && double.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture, out var value)
                && value >= least);
    }

    public sealed class SlowService : RunningService
    {
        protected override IReadOnlyDictionary<string, string> Settings =>
            new Dictionary<string, string> { ["EMBEDDING_LANES"] = "1", ["PROMETHEUS"] = "true", ["QUEUE_SECONDS"] = "60", ["SEARCH_CACHE_MB"] = "0" };
    }
}
