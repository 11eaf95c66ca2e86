using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// Three services on one database under the load of many clients, with kill -9 of a service every few seconds and of the database once.
/// Takes about a minute. SHARED_CATALOG_SECONDS sets the duration.
/// </summary>
public sealed class SharedCatalogTests
{
    private const int Nodes = 3;
    private const int Clients = 6;
    private static readonly TimeSpan KillInterval = TimeSpan.FromSeconds(6);

    private static TimeSpan Duration => TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("SHARED_CATALOG_SECONDS") is { Length: > 0 } text ? text : "45", CultureInfo.InvariantCulture));

    [MySqlFact]
    public async Task Services_with_a_shared_catalog_lose_no_write_and_agree()
    {
        await using var server = await PrivateServer.StartAsync();
        var seed = Environment.ProcessId;
        var settings = server.Settings.Append(new("EMBEDDING_LANES", "1")).ToDictionary();
        var nodes = new ServiceProcess[Nodes];
        try
        {
            for (var i = 0; i < Nodes; i++) nodes[i] = await ServiceProcess.StartAsync(settings);
            (await new MilvusImgClient(nodes[0].Client).TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
            using var stop = new CancellationTokenSource();
            var ids = new ConcurrentDictionary<(string Table, long Id), string>();
            var clients = Enumerable.Range(0, Clients)
                .Select(number => new NodeClient(number, "shop", () => nodes, ids, new Random(seed + number))).ToList();
            var working = clients.Select(client => client.WorkAsync(stop.Token)).Append(
                new TableChurn("season", () => nodes, ids, new Random(seed - 1)).WorkAsync(stop.Token)).ToList();

            await KillProcessesAsync(server, nodes, settings, new Random(seed - 2), working);
            await stop.CancelAsync();
            await Task.WhenAll(working);
            await VerifyAsync(server, nodes, clients, $"seed {seed}");
        }
        finally
        {
            foreach (var node in nodes.OfType<ServiceProcess>()) await node.DisposeAsync();
        }
    }

    private static async Task KillProcessesAsync(
        PrivateServer server, ServiceProcess[] nodes, Dictionary<string, string> settings, Random random, List<Task> working)
    {
        var started = Stopwatch.GetTimestamp();
        var serverKilled = false;
        while (Stopwatch.GetElapsedTime(started) < Duration)
        {
            // A failed client fails the test immediately.
            var failed = await Task.WhenAny([.. working, Task.Delay(KillInterval)]);
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

    private static async Task VerifyAsync(PrivateServer server, ServiceProcess[] nodes, List<NodeClient> clients, string when)
    {
        await NodeAgreement.VerifyAsync(nodes, clients, when);

        // No table is left half created or half dropped: create and drop it once more, then nothing of it remains.
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
