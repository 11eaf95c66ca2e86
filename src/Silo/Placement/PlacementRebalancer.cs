using ImageSearch.Storage.Catalog;
using Orleans.Core.Internal;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// When silos join or leave, moves the tables whose home is this silo to it, one after another. Without this, a rolling restart would
/// leave all tables on the silo that was restarted first.
/// </summary>
internal sealed class PlacementRebalancer(
    ICatalog catalog, IGrainFactory grains, ISiloStatusOracle members, TimeProvider time, ILogger<PlacementRebalancer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> settled = [];
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stoppingToken);
                HashSet<SiloAddress> active = [.. members.GetApproximateSiloStatuses(onlyActive: true).Keys];
                if (!active.SetEquals(settled) && active.Contains(members.SiloAddress) && await FetchAllAsync(active, stoppingToken)) settled = active;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> FetchAllAsync(HashSet<SiloAddress> active, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = 0;
            foreach (var table in await catalog.ListTablesAsync(cancellationToken))
            {
                var name = table.Generation.Name.Value;
                if (RendezvousPlacement.Of(name, active).Equals(members.SiloAddress) && await FetchAsync(grains.GetGrain<ITableGrain>(name))) fetched++;
            }

            if (fetched > 0) logger.TablesFetched(fetched, active.Count);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Catch everything: tables stay available where they are, and the next interval tries again.
            logger.TableFetchFailed(e);
            return false;
        }
    }

    private async Task<bool> FetchAsync(ITableGrain table)
    {
        var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(table);
        if (address is null || address.Equals(members.SiloAddress)) return false;
        await table.AsReference<IGrainManagementExtension>().MigrateOnIdle();
        return true;
    }
}
