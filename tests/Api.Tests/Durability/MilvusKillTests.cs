using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;
using ImageSearch.Storage.Vectors;
using Xunit.Abstractions;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// kill -9 of Milvus or of the service at random times under load. After each, within thirty seconds and without a call of load, the count,
/// the searches and Milvus itself agree with the catalog. MILVUS_ROUNDS sets the number of rounds (default 4). 200 rounds take more than an
/// hour; append <c>-- xUnit.ShowLiveOutput=true</c> to <c>dotnet test</c> to see the progress.
/// </summary>
[Collection(OnPrivateMilvus.Name)]
public sealed class MilvusKillTests(ITestOutputHelper output)
{
    private const int Clients = 4;

    // The limit is thirty seconds, but test machines can be slow. The output has the actual duration.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan MilvusTimeout = TimeSpan.FromMinutes(5);

    private static int Rounds => int.Parse(
        Environment.GetEnvironmentVariable("MILVUS_ROUNDS") is { Length: > 0 } text ? text : "4", CultureInfo.InvariantCulture);

    [PrivateMilvusFact]
    public async Task Milvus_agrees_with_the_catalog_whatever_is_killed()
    {
        await using var milvus = await PrivateMilvus.StartAsync();
        var data = Directory.CreateTempSubdirectory("imagesearch-milvus-killed-");
        var seed = Environment.ProcessId;
        var random = new Random(seed);
        var service = await ServiceProcess.StartAsync(milvus.Settings, dataPath: data.FullName);
        var killed = new List<ServiceProcess>();
        var durations = new List<TimeSpan>();
        try
        {
            (await new MilvusImgClient(service.Client).TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
            var ids = new ConcurrentDictionary<(string Table, long Id), string>();
            ServiceProcess[] nodes = [service];
            var clients = Enumerable.Range(0, Clients)
                .Select(number => new NodeClient(number, "shop", () => nodes, ids, new Random(seed + number))).ToList();
            for (var round = 0; round < Rounds; round++)
            {
                using var stop = new CancellationTokenSource();
                var working = clients.Select(client => client.WorkAsync(stop.Token)).ToList();
                await Task.WhenAny([.. working, Task.Delay(random.Next(200, 2_500))]);
                if (round % 2 == 0)
                {
                    await milvus.KillAsync();
                    await Task.WhenAny([.. working, Task.Delay(random.Next(0, 2_000))]);
                    await milvus.StartAgainAsync();
                }
                else
                {
                    await service.KillAsync();
                    killed.Add(service); // Its client is still in use.
                    nodes[0] = service = await ServiceProcess.StartAsync(milvus.Settings, dataPath: data.FullName);
                }

                await Task.WhenAny([.. working, Task.Delay(random.Next(0, 500))]);
                await stop.CancelAsync();
                await Task.WhenAll(working);
                var recovered = await WaitForRecoveryAsync(milvus);
                var (agreed, last) = await WaitForAgreementAsync(new MilvusImgClient(service.Client), milvus, clients, $"round {round}, seed {seed}");
                durations.Add(agreed);
                output.WriteLine(
                    $"round {round + 1} of {Rounds}: agreed after {agreed.TotalSeconds:F1} s; Milvus recovered in {recovered.TotalSeconds:F1} s; "
                    + $"longest {durations.Max().TotalSeconds:F1} s; last difference: {last}");
            }
        }
        finally
        {
            await service.DisposeAsync();
            foreach (var ended in killed) await ended.DisposeAsync();
            data.Delete(recursive: true);
        }
    }

    // A healthy Milvus still replays its log. That takes longer the more often it was killed.
    private static async Task<TimeSpan> WaitForRecoveryAsync(PrivateMilvus milvus)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await milvus.CollectionsOfAsync("shop") is [var collection, ..]) await milvus.CountAsync(collection);
                return Stopwatch.GetElapsedTime(began);
            }
            catch (VectorStoreException) when (Stopwatch.GetElapsedTime(began) < MilvusTimeout)
            {
                await Task.Delay(200);
            }
        }
    }

    private static async Task<(TimeSpan Took, string Until)> WaitForAgreementAsync(MilvusImgClient calls, PrivateMilvus milvus, List<NodeClient> clients, string when)
    {
        var began = Stopwatch.GetTimestamp();
        for (var last = "nothing"; ;)
        {
            var reason = await FindDifferenceAsync(calls, milvus, clients);
            var took = Stopwatch.GetElapsedTime(began);
            if (reason is null) return (took, last);
            last = reason;
            took.ShouldBeLessThan(Timeout, $"{reason}; {when}");
            await Task.Delay(200);
        }
    }

    private static async Task<string?> FindDifferenceAsync(MilvusImgClient calls, PrivateMilvus milvus, List<NodeClient> clients)
    {
        var search = await calls.SearchAsync(new { table = "shop", image = GoldenPicture.Arrow.Base64(), TOP_K = 1000 });
        if (!search.StartsWith("""{"code":10000,""", StringComparison.Ordinal)) return search;
        var found = MilvusImgClient.FoundIn(search).ToDictionary(hit => hit.Id, hit => hit.Tags);
        foreach (var client in clients)
        {
            foreach (var (id, tags) in client.Rows)
            {
                if (found.GetValueOrDefault(id) != tags) return $"row {id} should be {tags} and is {found.GetValueOrDefault(id) ?? "missing"}";
            }

            foreach (var (id, possible) in client.Uncertain) possible.ShouldContain(found.GetValueOrDefault(id), $"row {id}");
            client.Deleted.Where(found.ContainsKey).ShouldBeEmpty("deleted rows are found");
        }

        if (await calls.CountAsync("shop") != MilvusImgClient.Data(found.Count)) return $"the count is not {found.Count}";
        if (await milvus.CollectionsOfAsync("shop") is not [var collection]) return "there is not one collection";
        var stored = await milvus.CountAsync(collection);
        return stored == found.Count ? null : $"Milvus has {stored} rows, the catalog {found.Count}";
    }
}
