using ImageSearch.Storage.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo.Health;

/// <summary>Healthy while the catalog answers and accepts writes; degraded when its disk is almost full.</summary>
/// <param name="catalog">The catalog.</param>
public sealed class CatalogCheck(ICatalog catalog) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
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
