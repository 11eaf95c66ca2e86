using ImageSearch.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo;

/// <summary>Healthy while the catalog answers.</summary>
internal sealed class CatalogCheck(ICatalog catalog) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            var tables = await catalog.ListTablesAsync(cancellationToken);
            return HealthCheckResult.Healthy($"{tables.Count} tables");
        }
        catch (CatalogException e)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
