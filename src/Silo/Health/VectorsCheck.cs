using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Storage.Vectors;
using ImageSearch.Storage.Vectors.Embedded;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo.Health;

/// <summary>Healthy while the vector store answers; degraded otherwise, because the process can still add pictures.</summary>
/// <param name="lag">Rows that wait for the vector store.</param>
/// <param name="loads">Indexes being loaded.</param>
/// <param name="vectors">The vector store.</param>
public sealed class VectorsCheck(IndexLag lag, TableLoads loads, IVectorStore vectors) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Fault() is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy("searchable"));

    // Without table names: everyone can read the response.
    private string? Fault()
    {
        if (lag.Fault is { } fault) return fault;
        if (loads.Unopened is var unopened and > 0) return $"{unopened} tables can't be searched because their index can't be opened; the log says why";
        return vectors is EmbeddedVectorStore { UnsavedTables: var unsaved and > 0 }
            ? $"{unsaved} indexes can't be written and stay in memory; free some space on the disk of DATA_PATH, and check that it is writable"
            : null;
    }
}
