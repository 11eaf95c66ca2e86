using ImageSearch.Grains;
using ImageSearch.Storage.Catalog;
using Orleans.Core.Internal;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// When silos join or leave, moves the tables whose home is this silo to it, one after another. Without this, a rolling restart would
/// leave all tables on the silo that was restarted first.
/// </summary>
internal sealed class PlacementRebalancer(
    ICatalog catalog, IGrainFactory grains, ISiloStatusOracle members, TimeProvider time, ILogger<PlacementRebalancer> logger)
    : PeriodicService(Interval, time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // The silos for which the tables are balanced.
    private HashSet<SiloAddress> _balanced = [];

    /// <inheritdoc/>
    protected override TimeSpan InitialDelay => Interval;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        HashSet<SiloAddress> active = [.. members.GetApproximateSiloStatuses(onlyActive: true).Keys];
        if (active.SetEquals(_balanced) || !active.Contains(members.SiloAddress)) return;
        await RebalanceAsync(active, cancellationToken);
        _balanced = active;
    }

    /// <inheritdoc/>
    protected override void LogFailure(Exception exception) => logger.TableFetchFailed(exception);

    private async Task RebalanceAsync(HashSet<SiloAddress> active, CancellationToken cancellationToken)
    {
        var fetched = 0;
        foreach (var table in await catalog.ListTablesAsync(cancellationToken))
        {
            var name = table.Generation.Name.Value;
            if (RendezvousPlacement.Of(name, active).Equals(members.SiloAddress) && await FetchAsync(grains.GetGrain<ITableGrain>(name))) fetched++;
        }

        if (fetched > 0) logger.TablesFetched(fetched, active.Count);
    }

    private async Task<bool> FetchAsync(ITableGrain table)
    {
        var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(table);
        if (address is null || address.Equals(members.SiloAddress)) return false;
        await table.AsReference<IGrainManagementExtension>().MigrateOnIdle();
        return true;
    }
}
