using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// Three services on one database, many clients on all of them, kill -9 of a service every few seconds and of the database once. Takes
/// about a minute; SHARED_CATALOG_SECONDS makes it longer.
/// </summary>
public sealed class SharedCatalogTests
{
    private const int Nodes = 3;
    private const int Clients = 6;
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(6);

    private static TimeSpan Duration => TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SHARED_CATALOG_SECONDS") is { Length: > 0 } text ? text : "45", CultureInfo.InvariantCulture));

    [MySqlFact]
    public async Task Services_that_share_a_catalog_lose_nothing_and_agree()
    {
        await using var server = await PrivateServer.StartAsync();
        var seed = Environment.ProcessId;
        var settings = server.Settings.Append(new("EMBEDDING_LANES", "1")).ToDictionary();
        var nodes = new ServiceProcess[Nodes];
        try
        {
            for (var i = 0; i < Nodes; i++) nodes[i] = await ServiceProcess.StartAsync(settings);
            (await new MilvusImgClient(nodes[0].Client).TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
            using var enough = new CancellationTokenSource();
            var ids = new ConcurrentDictionary<(string Table, long Id), string>();
            var clients = Enumerable.Range(0, Clients)
                .Select(number => new NodeClient(number, "shop", () => nodes, ids, new Random(seed + number))).ToList();
            var working = clients.Select(client => client.WorkAsync(enough.Token)).Append(
                new TableChurn("season", () => nodes, ids, new Random(seed - 1)).WorkAsync(enough.Token)).ToList();

            await BreakThingsAsync(server, nodes, settings, new Random(seed - 2), working);
            await enough.CancelAsync();
            await Task.WhenAll(working);
            await JudgeAsync(server, nodes, clients, $"seed {seed}");
        }
        finally
        {
            foreach (var node in nodes.OfType<ServiceProcess>()) await node.DisposeAsync();
        }
    }

    private static async Task BreakThingsAsync(
        PrivateServer server, ServiceProcess[] nodes, Dictionary<string, string> settings, Random random, List<Task> working)
    {
        var started = Stopwatch.GetTimestamp();
        var serverKilled = false;
        while (Stopwatch.GetElapsedTime(started) < Duration)
        {
            // A client that failed ends the test now and not after the whole time.
            var failed = await Task.WhenAny([.. working, Task.Delay(KillEvery)]);
            await failed;
            var which = random.Next(Nodes);
            await nodes[which].KillAsync();
            if (!serverKilled && Stopwatch.GetElapsedTime(started) > Duration / 2)
            {
                serverKilled = true;
                await server.KillAsync();
                await server.StartAgainAsync();
            }

            var killed = nodes[which];
            nodes[which] = await ServiceProcess.StartAsync(settings);
            await killed.DisposeAsync();
        }
    }

    private static async Task JudgeAsync(PrivateServer server, ServiceProcess[] nodes, List<NodeClient> clients, string when)
    {
        await NodeAgreement.JudgeAsync(nodes, clients, when);

        // No table is left half-way: the name is made and dropped once more, and then nothing of it is there.
        var last = new MilvusImgClient(nodes[0].Client);
        (await last.TableAsync("season")).ShouldBe(MilvusImgClient.Created, when);
        (await last.DropAsync("season")).ShouldBe(MilvusImgClient.Done, when);
        (await server.NumberAsync("SELECT COUNT(*) FROM shop.`imagesearch$tables` WHERE state <> 'live' OR name <> 'shop'")).ShouldBe(0, when);
        (await server.NumberAsync(
            """
            SELECT COUNT(*) FROM information_schema.tables
            WHERE table_schema = 'shop' AND (table_name LIKE 'imagesearch$gone%' OR table_name = 'season')
            """)).ShouldBe(0, when);
    }
}
