using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>kill -9 of the real process under concurrent clients: what was answered is there after the restart, as it was answered.</summary>
public sealed class KilledServiceTests
{
    private const int Rounds = 6;
    private const int Clients = 6;
    private const int WritesARound = 60;

    [Fact]
    public Task Nothing_answered_is_lost_and_nothing_deleted_comes_back() => WriteAndKillAsync(new Dictionary<string, string>());

    [MySqlFact]
    public async Task Nothing_answered_is_lost_and_nothing_deleted_comes_back_on_MySQL()
    {
        await using var database = TestDatabase.Create();
        await WriteAndKillAsync(database.Settings);
    }

    private static async Task WriteAndKillAsync(IReadOnlyDictionary<string, string> settings)
    {
        var data = Directory.CreateTempSubdirectory("imagesearch-killed-");
        try
        {
            var seed = Environment.ProcessId;
            var clients = Enumerable.Range(0, Clients).Select(number => new Shopkeeper(number, "shop", new Random(seed + number))).ToList();
            for (var round = 0; round <= Rounds; round++)
            {
                await using var service = await ServiceProcess.StartAsync(settings, dataPath: data.FullName);
                var calls = new MilvusImgClient(service.Client);
                (await calls.TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
                await JudgeAsync(calls, clients, $"round {round}, seed {seed}");
                if (round == Rounds) break;

                // Every second round an index on disk is older than the catalog at the next start, in the others there is none or an older one.
                if (round % 2 == 0) await StopAndStartAsync(service, settings, data.FullName, clients);
                else await WriteAndKillAsync(service, clients);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task StopAndStartAsync(
        ServiceProcess service, IReadOnlyDictionary<string, string> settings, string data, List<Shopkeeper> clients)
    {
        (await service.StopAsync()).ShouldBe(0);
        await using var next = await ServiceProcess.StartAsync(settings, dataPath: data);
        (await next.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldContain("\"loading\":");
        await WriteAndKillAsync(next, clients);
    }

    private static async Task WriteAndKillAsync(ServiceProcess service, List<Shopkeeper> clients)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = 0;
        var writing = clients.Select(
            client => client.WriteUntilItDiesAsync(
                service.Client,
                () =>
                {
                    if (Interlocked.Increment(ref answers) == WritesARound) enough.SetResult();
                })).ToList();
        var ended = await Task.WhenAny([enough.Task, .. writing]);
        await ended;
        enough.Task.IsCompleted.ShouldBeTrue("a client lost the service before it was killed");
        await service.KillAsync();
        await Task.WhenAll(writing);
    }

    private static async Task JudgeAsync(MilvusImgClient calls, List<Shopkeeper> clients, string when)
    {
        var found = (await calls.FoundAsync("shop", GoldenPicture.Arrow, 1000)).ToDictionary(hit => hit.Id, hit => hit.Tags);
        (await calls.CountAsync("shop")).ShouldBe(MilvusImgClient.Data(found.Count), when);

        var open = clients.SelectMany(client => client.Open).ToDictionary();
        foreach (var (id, tags) in clients.SelectMany(client => client.Rows).Where(row => !open.ContainsKey(row.Key)))
            found.GetValueOrDefault(id).ShouldBe(tags, $"row {id} was answered; {when}");
        foreach (var (id, possible) in open)
            possible.ShouldContain(found.GetValueOrDefault(id), $"row {id} was being written; {when}");
        foreach (var id in clients.SelectMany(client => client.Deleted))
            found.ShouldNotContainKey(id, $"row {id} was deleted; {when}");

        var known = clients.SelectMany(client => client.Rows.Keys.Concat(client.Open.Keys)).ToHashSet();
        var adds = clients.SelectMany(client => client.OpenAdds).ToHashSet();
        found.Where(row => !known.Contains(row.Key)).Select(row => row.Value).ShouldBeUnique();
        found.Where(row => !known.Contains(row.Key)).ShouldAllBe(row => adds.Contains(row.Value), when);
        foreach (var client in clients) client.Settle(found.Where(row => Mine(client, row)).ToDictionary());
    }

    private static bool Mine(Shopkeeper client, KeyValuePair<long, string> row) =>
        client.Open.ContainsKey(row.Key) || client.OpenAdds.Contains(row.Value);
}
