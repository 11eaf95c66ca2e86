using System.Diagnostics;
using ImageSearch.Silo.Placement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Two silos and a front end, as processes, while silos die, leave and rejoin.</summary>
public sealed class SiloGroupTests(ITestOutputHelper output)
{
    private const int ShopsPerSilo = 4;

    // A dead silo is detected within some 10 s. The rest is for a table to open and for a slow machine.
    private static readonly TimeSpan MaxOutage = TimeSpan.FromSeconds(30);

    [MySqlFact]
    public async Task Tables_and_pictures_spread_over_both_silos_and_do_so_again_after_a_rolling_restart_that_loses_nothing()
    {
        await using var group = await SiloGroup.StartAsync(2);
        using var client = await group.ConnectAsync();
        var shops = await OpenShopsAsync(group, client);
        await UntilAsync(async () => (await HomesAsync(client, shops)).CountBy(port => port).Count(silo => silo.Value == ShopsPerSilo) == 2);
        var homes = await HomesAsync(client, shops);

        using var stop = new CancellationTokenSource();
        var working = shops.Select(shop => shop.WorkAsync(stop.Token)).ToList();
        for (var i = 0; i < 2; i++)
        {
            await WaitForAsync(shops, adds: 3);
            (await group.Silo(i).StopAsync()).ShouldBe(0, group.Silo(i).Output);
            await group.StartAsync(i, default);
        }

        await WaitForAsync(shops, adds: 3);
        await UntilAsync(async () => await group.SilosThatEmbedAsync() == 2);
        await stop.CancelAsync();
        await Task.WhenAll(working);

        output.WriteLine($"{shops.Sum(shop => shop.Acknowledged.Count)} adds, {shops.Sum(shop => shop.Retried)} retried, longest {shops.Max(shop => shop.Longest)}");
        foreach (var shop in shops) await shop.CheckAsync();
        await UntilAsync(async () => (await HomesAsync(client, shops)).SequenceEqual(homes));
    }

    [MySqlFact]
    public async Task Killing_a_silo_under_load_loses_no_acknowledged_write_and_its_tables_answer_again_soon()
    {
        await using var group = await SiloGroup.StartAsync(2);
        using var client = await group.ConnectAsync();
        var shops = await OpenShopsAsync(group, client);
        using var stop = new CancellationTokenSource();
        var working = shops.Select(shop => shop.WorkAsync(stop.Token)).ToList();
        await WaitForAsync(shops, adds: 3);

        await group.Silo(0).KillAsync();
        await WaitForAsync(shops, adds: 3);
        await stop.CancelAsync();
        await Task.WhenAll(working);

        output.WriteLine($"{shops.Sum(shop => shop.Acknowledged.Count)} adds, {shops.Sum(shop => shop.Retried)} retried, longest {shops.Max(shop => shop.Longest)}");
        foreach (var shop in shops) await shop.CheckAsync();
        shops.Max(shop => shop.Longest).ShouldBeLessThan(MaxOutage);
    }

    /// <summary>
    /// Creates as many tables at each silo. A home depends on the silo's port, which is another in each run: names that are counted
    /// from 0 to 7 have one home in one of 128 runs.
    /// </summary>
    private static async Task<RetryingClient[]> OpenShopsAsync(SiloGroup group, IHost client)
    {
        var silos = (await client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys;
        RetryingClient[] shops =
        [
            .. Enumerable.Range(0, 1000).Select(i => $"shop_{i}")
                .GroupBy(name => RendezvousPlacement.Of(name, silos))
                .SelectMany(home => home.Take(ShopsPerSilo))
                .Select(name => new RetryingClient(group.FrontEnd.Client, name)),
        ];
        foreach (var shop in shops) await shop.CreateAsync();
        return shops;
    }

    /// <summary>Waits until each shop has a number of further acknowledged adds.</summary>
    private static Task WaitForAsync(RetryingClient[] shops, int adds)
    {
        var targets = shops.Select(shop => shop.Acknowledged.Count + adds).ToArray();
        return UntilAsync(() => Task.FromResult(shops.Zip(targets).All(pair => pair.First.Acknowledged.Count >= pair.Second)));
    }

    /// <summary>The port of the silo with each shop's table; 0 if no silo has it.</summary>
    private static async Task<int[]> HomesAsync(IHost client, RetryingClient[] shops)
    {
        var grains = client.Services.GetRequiredService<IGrainFactory>();
        var ports = new List<int>();
        foreach (var shop in shops)
        {
            var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ITableGrain>(shop.Table));
            ports.Add(address?.Endpoint.Port ?? 0);
        }

        return [.. ports];
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMinutes(2));
            await Task.Delay(100);
        }
    }
}
