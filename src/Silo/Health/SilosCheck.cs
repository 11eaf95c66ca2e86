using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo.Health;

/// <summary>Health of a front end: healthy while a silo answers.</summary>
/// <param name="grains">The client of the cluster.</param>
public sealed class SilosCheck(IGrainFactory grains) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var management = grains.GetGrain<IManagementGrain>(0);
            var silos = await management.GetHosts(onlyActive: true, cancellationToken).WaitAsync(Timeout, TimeProvider.System, cancellationToken);
            return HealthCheckResult.Healthy($"{silos.Count} silos");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("no silo answers", e);
        }
    }
}
