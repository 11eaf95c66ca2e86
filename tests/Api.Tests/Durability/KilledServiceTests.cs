using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>kill -9 of the real process under concurrent clients: all acknowledged writes are there after the restart.</summary>
public sealed class KilledServiceTests
{
    private const int Rounds = 6;
    private const int Clients = 6;
    private const int WritesPerRound = 60;

    [Fact]
    public Task No_acknowledged_write_is_lost_and_no_deleted_row_reappears() => WriteAndKillAsync(new Dictionary<string, string>());

    [MySqlFact]
    public async Task No_acknowledged_write_is_lost_and_no_deleted_row_reappears_on_MySQL()
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
            var clients = Enumerable.Range(0, Clients).Select(number => new WritingClient(number, "shop", new Random(seed + number))).ToList();
            for (var round = 0; round <= Rounds; round++)
            {
                await using var service = await ServiceProcess.StartAsync(settings, dataPath: data.FullName);
                var calls = new MilvusImgClient(service.Client);
                (await calls.TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
                await VerifyAsync(calls, clients, $"round {round}, seed {seed}");
                if (round == Rounds) break;

                // In every second round the index on disk is older than the catalog at the next start; in the others it is missing or
                // older still.
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
        ServiceProcess service, IReadOnlyDictionary<string, string> settings, string data, List<WritingClient> clients)
    {
        (await service.StopAsync()).ShouldBe(0);
        await using var next = await ServiceProcess.StartAsync(settings, dataPath: data);
        (await next.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldContain("\"loading\":");
        await WriteAndKillAsync(next, clients);
    }

    private static async Task WriteAndKillAsync(ServiceProcess service, List<WritingClient> clients)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = 0;
        var writing = clients.Select(
            client => client.WriteUntilKilledAsync(
                service.Client,
                () =>
                {
                    if (Interlocked.Increment(ref writes) == WritesPerRound) reached.SetResult();
                })).ToList();
        var ended = await Task.WhenAny([reached.Task, .. writing]);
        await ended;
        reached.Task.IsCompleted.ShouldBeTrue("a client lost the service before it was killed");
        await service.KillAsync();
        await Task.WhenAll(writing);
    }

    private static async Task VerifyAsync(MilvusImgClient calls, List<WritingClient> clients, string when)
    {
        var found = (await calls.FoundAsync("shop", GoldenPicture.Arrow, 1000)).ToDictionary(hit => hit.Id, hit => hit.Tags);
        (await calls.CountAsync("shop")).ShouldBe(MilvusImgClient.Data(found.Count), when);

        var uncertain = clients.SelectMany(client => client.Uncertain).ToDictionary();
        foreach (var (id, tags) in clients.SelectMany(client => client.Rows).Where(row => !uncertain.ContainsKey(row.Key)))
            found.GetValueOrDefault(id).ShouldBe(tags, $"row {id} was acknowledged; {when}");
        foreach (var (id, possible) in uncertain)
            possible.ShouldContain(found.GetValueOrDefault(id), $"row {id} was being written; {when}");
        foreach (var id in clients.SelectMany(client => client.Deleted))
            found.ShouldNotContainKey(id, $"row {id} was deleted; {when}");

        var known = clients.SelectMany(client => client.Rows.Keys.Concat(client.Uncertain.Keys)).ToHashSet();
        var adds = clients.SelectMany(client => client.UncertainAdds).ToHashSet();
        found.Where(row => !known.Contains(row.Key)).Select(row => row.Value).ShouldBeUnique();
        found.Where(row => !known.Contains(row.Key)).ShouldAllBe(row => adds.Contains(row.Value), when);
        foreach (var client in clients) client.Resolve(found.Where(row => IsWrittenBy(client, row)).ToDictionary());
    }

    private static bool IsWrittenBy(WritingClient client, KeyValuePair<long, string> row) =>
        client.Uncertain.ContainsKey(row.Key) || client.UncertainAdds.Contains(row.Value);
}
