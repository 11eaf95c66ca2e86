using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo.Health;

/// <summary>Healthy while the catalog answers and takes writes; degraded where its disk is about to be full.</summary>
internal sealed class CatalogCheck(ICatalog catalog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var warning = await catalog.CheckAsync(cancellationToken);
            var tables = await catalog.ListTablesAsync(cancellationToken);
            return warning is null ? HealthCheckResult.Healthy($"{tables.Count} tables") : HealthCheckResult.Degraded(warning);
        }
        catch (CatalogException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
