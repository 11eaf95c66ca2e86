using System.Diagnostics;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>The service while Milvus stops, starts again and loses data.</summary>
[Collection(OnPrivateMilvus.Name)]
public sealed class MilvusOutageTests : IAsyncLifetime
{
    // The README says thirty seconds, but test machines can be slow.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("imagesearch-outage-");
    private PrivateMilvus? _milvus;
    private ServiceProcess? _service;

    private PrivateMilvus Milvus => _milvus!;

    private MilvusImgClient Calls => new(_service!.Client);

    public async Task InitializeAsync()
    {
        if (PrivateMilvus.SkipReason is not null) return;
        _milvus = await PrivateMilvus.StartAsync();
        _service = await ServiceProcess.StartAsync(_milvus.Settings, dataPath: _data.FullName);
    }

    public async Task DisposeAsync()
    {
        if (_service is not null) await _service.DisposeAsync();
        if (_milvus is not null) await _milvus.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [PrivateMilvusFact]
    public async Task A_service_survives_an_outage_and_catches_up_by_itself()
    {
        (await Calls.TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
        (await Calls.TableAsync("season")).ShouldBe(MilvusImgClient.Created);
        var before = await Calls.AddedAsync("shop", GoldenPicture.Arrow, "before");
        var deleted = await Calls.AddedAsync("shop", GoldenPicture.Arrow, "deleted");
        await Calls.AddedAsync("season", GoldenPicture.Arrow);

        // A new table is searched without Milvus until its collection is loaded: restart to search Milvus.
        await RestartAsync();
        await Milvus.KillAsync();
        var during = await Calls.AddedAsync("shop", GoldenPicture.Arrow, "during");
        (await Calls.DeleteAsync(deleted, "shop")).ShouldBe(MilvusImgClient.Done);
        (await Calls.DropAsync("season")).ShouldBe(MilvusImgClient.Done);
        var refusal = MilvusImgClient.ErrorIn(await Calls.SearchAsync(new { table = "shop", image = GoldenPicture.Arrow.Base64() }));
        refusal.ShouldContain("Milvus");
        (await Calls.CountAsync("shop")).ShouldBe(MilvusImgClient.Data(1));
        await ReadyContainsAsync("\"status\":\"Degraded\"");

        await Milvus.StartAgainAsync();
        await EventuallyAsync(async () =>
            (await Calls.FoundAsync("shop", GoldenPicture.Arrow)).Select(hit => hit.Id).Order().ShouldBe([before, during]));
        (await Calls.CountAsync("shop")).ShouldBe(MilvusImgClient.Data(2));
        await EventuallyAsync(async () => (await Milvus.CollectionsOfAsync("season")).ShouldBeEmpty());
        await EventuallyAsync(async () => (await Milvus.CountAsync((await Milvus.CollectionsOfAsync("shop")).ShouldHaveSingleItem())).ShouldBe(2));
        await ReadyContainsAsync("\"waitingRows\":0");
    }

    [PrivateMilvusFact]
    public async Task A_removed_collection_is_rebuilt_and_never_searched_half_built()
    {
        (await Calls.TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
        var rows = new List<long>();
        foreach (var picture in GoldenPicture.Different) rows.Add(await Calls.AddedAsync("shop", picture));
        await EventuallyAsync(async () => (await Calls.FoundAsync("shop", GoldenPicture.Arrow, 100)).Count.ShouldBe(rows.Count));

        await Milvus.DropAsync((await Milvus.CollectionsOfAsync("shop")).ShouldHaveSingleItem());
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Timeout);
            var answer = await Calls.SearchAsync(new { table = "shop", image = GoldenPicture.Arrow.Base64(), TOP_K = 100 });
            if (!answer.Contains("10000", StringComparison.Ordinal))
            {
                MilvusImgClient.ErrorIn(answer).ShouldContain("Milvus");
                await Task.Delay(100);
                continue;
            }

            MilvusImgClient.FoundIn(answer).Select(hit => hit.Id).Order().ShouldBe(rows);
            if ((await Milvus.CollectionsOfAsync("shop")).Count == 1) return;
        }
    }

    private async Task RestartAsync()
    {
        (await _service!.StopAsync()).ShouldBe(0);
        await _service.DisposeAsync();
        _service = await ServiceProcess.StartAsync(_milvus!.Settings, dataPath: _data.FullName);
    }

    private async Task ReadyContainsAsync(string text) =>
        await EventuallyAsync(async () => (await _service!.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldContain(text));

    private static async Task EventuallyAsync(Func<Task> check)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await check();
                return;
            }
            catch (Exception e) when (e is ShouldAssertException && Stopwatch.GetElapsedTime(started) < Timeout)
            {
                await Task.Delay(100);
            }
        }
    }
}
