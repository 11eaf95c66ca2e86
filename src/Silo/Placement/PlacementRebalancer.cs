using ImageSearch.Storage.Catalog;
using Orleans.Core.Internal;

namespace ImageSearch.Silo.Placement;

/// <summary>
/// When silos come or go, fetches the tables whose home this silo is now, one after another. Without it a rolling restart would leave
/// all tables on the silo that was restarted first.
/// </summary>
internal sealed partial class PlacementRebalancer(
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
                if (!active.SetEquals(settled) && active.Contains(members.SiloAddress) && await FetchAsync(active, stoppingToken)) settled = active;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> FetchAsync(HashSet<SiloAddress> active, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = 0;
            foreach (var table in await catalog.ListTablesAsync(cancellationToken))
            {
                var name = table.Generation.Name.Value;
                if (RendezvousPlacement.Of(name, active).Equals(members.SiloAddress) && await FetchAsync(grains.GetGrain<ITableGrain>(name))) fetched++;
            }

            if (fetched > 0) LogFetched(fetched, active.Count);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, tables are served where they are, and the next turn tries again.
            LogFault(e);
            return false;
        }
    }

    private async Task<bool> FetchAsync(ITableGrain table)
    {
        var at = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(table);
        if (at is null || at.Equals(members.SiloAddress)) return false;
        await table.AsReference<IGrainManagementExtension>().MigrateOnIdle();
        return true;
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "{Tables} tables come to this silo, one of {Silos}")]
    private partial void LogFetched(int tables, int silos);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "Tables can't be fetched to this silo; it is tried again")]
    private partial void LogFault(Exception exception);
}
