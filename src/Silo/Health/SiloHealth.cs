using System.Globalization;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Silo.Health;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: its catalog answers too, and the silo is a member of its cluster.
/// Everyone who reaches the port can read it, so it names no table.
/// </summary>
internal static class SiloHealth
{
    public static void AddSiloHealth(this WebApplicationBuilder builder, int port)
    {
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://*:{port}"));
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.Services.AddHealthChecks().AddCheck<CatalogCheck>("catalog").AddCheck<VectorsCheck>("vectors").AddCheck<MemberCheck>("cluster");
    }

    public static void MapSiloHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var lag = context.RequestServices.GetRequiredService<IndexLag>();
        var answer = new SiloAnswer(
            report.Status.ToString(),
            "silo",
            report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString()),
            lag.Rows,
            lag.OldestSeconds,
            context.RequestServices.GetRequiredService<TableLoads>().Current.Count);
        return context.Response.WriteAsJsonAsync(answer, SiloHealthJson.Wire.SiloAnswer);
    }

    private sealed class MemberCheck(ISiloStatusOracle members) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
            Task.FromResult(
                members.CurrentStatus == SiloStatus.Active
                    ? HealthCheckResult.Healthy($"one of {members.GetApproximateSiloStatuses(onlyActive: true).Count} silos")
                    : HealthCheckResult.Unhealthy($"the silo is {members.CurrentStatus}"));
    }
}
