using ImageSearch.Grains;
using ImageSearch.Storage.Catalog;
using Orleans.Core.Internal;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// When silos join or leave, migrates to this silo the tables that belong on it, one after another. Without it a rolling restart would
/// leave all tables on the silo that restarted first.
/// </summary>
internal sealed partial class PlacementRebalancer(
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
    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "Can't migrate tables to this silo; trying again")]
    protected override partial void LogFailure(Exception exception);

    private async Task RebalanceAsync(HashSet<SiloAddress> active, CancellationToken cancellationToken)
    {
        var migrating = 0;
        foreach (var table in await catalog.ListTablesAsync(cancellationToken))
        {
            var name = table.Generation.Name.Value;
            if (!RendezvousPlacement.Of(name, active).Equals(members.SiloAddress)) continue;
            if (await TryMigrateAsync(grains.GetGrain<ITableGrain>(name))) migrating++;
        }

        if (migrating > 0) LogMigrating(migrating, active.Count);
    }

    private async Task<bool> TryMigrateAsync(ITableGrain table)
    {
        var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(table);
        if (address is null || address.Equals(members.SiloAddress)) return false;
        await table.AsReference<IGrainManagementExtension>().MigrateOnIdle();
        return true;
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "{Tables} tables migrate to this silo, one of {Silos}")]
    private partial void LogMigrating(int tables, int silos);
}
