using ImageSearch.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Api.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: its catalog does too.</summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<CatalogCheck>("catalog");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                edition = Edition.Name,
                checks = report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString()),
            });

    private sealed class CatalogCheck(ICatalog catalog) : IHealthCheck
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
}
