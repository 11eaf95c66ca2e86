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
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        // Each round leaves four pictures behind. A busy machine may embed some of them before it sees that their client is gone.
        while (!await IsAsync("imagesearch_embedding_duration_seconds_count", "outcome=\"cancelled\"", least: 2, deadline.Token))
        {
            using var leaving = new CancellationTokenSource();
            var calls = Enumerable.Range(0, 4).Select(_ => SearchAsync(client, leaving.Token)).ToList();
            while (!await IsAsync("imagesearch_embedding_waiting", "", least: 3, deadline.Token)) await Task.Delay(100, deadline.Token);
            await leaving.CancelAsync();
            foreach (var call in calls) await Should.ThrowAsync<OperationCanceledException>(call);
        }
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
