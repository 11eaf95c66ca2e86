using ImageSearch.Grains;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo;

/// <summary>Healthy while the vector store answers. Without it the process still takes pictures, so it stays in service.</summary>
internal sealed class VectorsCheck(IndexLag lag) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(lag.Fault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy("searchable"));
}
