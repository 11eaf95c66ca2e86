using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;

namespace ImageSearch.Silo.Tests.Cluster;

/// <summary>Two silos and a front end, as processes, while silos die, leave and come back.</summary>
public sealed class SiloGroupTests(ITestOutputHelper output)
{
    private const int Shops = 8;

    // A silo's death is seen within some 10 s; the rest is for a table to open and for the machine to be slow.
    private static readonly TimeSpan MaxAway = TimeSpan.FromSeconds(30);

    [MySqlFact]
    public async Task Tables_and_pictures_spread_over_both_silos_and_do_so_again_after_a_rolling_restart_that_loses_nothing()
    {
        await using var group = await SiloGroup.StartAsync(2);
        var shops = await OpenShopsAsync(group);
        using var asking = await group.ConnectAsync();
        var homes = await WhereAsync(asking, shops);
        homes.Distinct().Count().ShouldBe(2);

        using var enough = new CancellationTokenSource();
        var working = shops.Select(shop => shop.WorkAsync(enough.Token)).ToList();
        for (var i = 0; i < 2; i++)
        {
            await WaitForAsync(shops, adds: 3);
            (await group.Silo(i).StopAsync()).ShouldBe(0, group.Silo(i).Output);
            await group.StartAsync(i, default);
        }

        await WaitForAsync(shops, adds: 3);
        await UntilAsync(async () => await group.SilosThatEmbedAsync() == 2);
        await enough.CancelAsync();
        await Task.WhenAll(working);

        output.WriteLine($"{shops.Sum(shop => shop.Acknowledged.Count)} adds, {shops.Sum(shop => shop.TriedAgain)} tried again, longest {shops.Max(shop => shop.Longest)}");
        foreach (var shop in shops) await shop.JudgeAsync();
        await UntilAsync(async () => (await WhereAsync(asking, shops)).SequenceEqual(homes));
    }

    [MySqlFact]
    public async Task Killing_a_silo_under_load_loses_no_acknowledged_write_and_its_tables_answer_again_soon()
    {
        await using var group = await SiloGroup.StartAsync(2);
        var shops = await OpenShopsAsync(group);
        using var enough = new CancellationTokenSource();
        var working = shops.Select(shop => shop.WorkAsync(enough.Token)).ToList();
        await WaitForAsync(shops, adds: 3);

        await group.Silo(0).KillAsync();
        await WaitForAsync(shops, adds: 3);
        await enough.CancelAsync();
        await Task.WhenAll(working);

        output.WriteLine($"{shops.Sum(shop => shop.Acknowledged.Count)} adds, {shops.Sum(shop => shop.TriedAgain)} tried again, longest {shops.Max(shop => shop.Longest)}");
        foreach (var shop in shops) await shop.JudgeAsync();
        shops.Max(shop => shop.Longest).ShouldBeLessThan(MaxAway);
    }

    private static async Task<RetryingClient[]> OpenShopsAsync(SiloGroup group)
    {
        RetryingClient[] shops = [.. Enumerable.Range(0, Shops).Select(i => new RetryingClient(group.FrontEnd.Client, $"shop_{i}"))];
        foreach (var shop in shops) await shop.CreateAsync();
        return shops;
    }

    /// <summary>Waits until each shop has had so many more adds acknowledged.</summary>
    private static Task WaitForAsync(RetryingClient[] shops, int adds)
    {
        var wanted = shops.Select(shop => shop.Acknowledged.Count + adds).ToArray();
        return UntilAsync(() => Task.FromResult(shops.Zip(wanted).All(pair => pair.First.Acknowledged.Count >= pair.Second)));
    }

    /// <summary>The silo's port of each shop's table; 0 where it is nowhere.</summary>
    private static async Task<int[]> WhereAsync(IHost asking, RetryingClient[] shops)
    {
        var grains = asking.Services.GetRequiredService<IGrainFactory>();
        var ports = new List<int>();
        foreach (var shop in shops)
        {
            var at = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ITableGrain>(shop.Table));
            ports.Add(at?.Endpoint.Port ?? 0);
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
