using System.Collections.Concurrent;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Durability;
using ImageSearch.Api.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>
/// Two halves of a cluster that do not see each other: each has a silo, a front end and its own activation of every table, over one
/// database. Two cluster ids force this for the whole test; a network partition would heal.
/// </summary>
public sealed class PartitionTests
{
    private const int Clients = 6;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    [MySqlFact]
    public async Task Two_activations_of_a_table_corrupt_nothing()
    {
        await using var one = await SiloGroup.StartAsync(1);
        await using var other = await SiloGroup.StartOnAsync(one.Database, 1);
        ServiceProcess[] halves = [one.FrontEnd, other.FrontEnd];
        foreach (var half in halves) (await new MilvusImgClient(half.Client).TableAsync("shop")).ShouldBe(MilvusImgClient.Created);
        var seed = Environment.ProcessId;
        var ids = new ConcurrentDictionary<(string Table, long Id), string>();
        var clients = Enumerable.Range(0, Clients)
            .Select(number => new NodeClient(number, "shop", () => halves, ids, new Random(seed + number))).ToList();

        using var stop = new CancellationTokenSource(Duration);
        await Task.WhenAll([
            .. clients.Select(client => client.WorkAsync(stop.Token)),
            new TableChurn("season", () => halves, ids, new Random(seed - 1)).WorkAsync(stop.Token)]);

        (await HomeAsync(one)).ShouldNotBe(await HomeAsync(other));
        await NodeAgreement.VerifyAsync(halves, clients, $"seed {seed}");
    }

    private static async Task<SiloAddress> HomeAsync(SiloGroup group)
    {
        using IHost client = await group.ConnectAsync();
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        return (await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ITableGrain>("shop"))).ShouldNotBeNull();
    }
}
