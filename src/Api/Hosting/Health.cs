using ImageSearch.Api.Limits;
using ImageSearch.Api.Security;
using ImageSearch.Grains.Indexing;
using ImageSearch.Grains.Tables;
using ImageSearch.Silo.Health;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageSearch.Api.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: its catalog and vector store answer, and which tables are being loaded;
/// searches of these tables wait until loading completes.
/// </summary>
internal static class Health
{
    public static void AddHealth(this IServiceCollection services, ProcessRole role)
    {
        var checks = services.AddHealthChecks();
        if (role.HasBackend) checks.AddCheck<CatalogCheck>("catalog").AddCheck<VectorsCheck>("vectors");
        role.AddChecks(checks);
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteReadyAsync });
    }

    private static Task WriteReadyAsync(HttpContext context, HealthReport report)
    {
        // These paths need no token, but names of tables do.
        var showsNames = context.RequestServices.GetRequiredService<TokenCheck>().HasToken(context) && !BrowserGuard.HasForeignHost(context);
        var loads = context.RequestServices.GetService<TableLoads>()?.Current ?? [];
        var lag = context.RequestServices.GetService<IndexLag>();
        return context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                role = context.RequestServices.GetRequiredService<ProcessRole>().Name,
                checks = Checks(report),
                waitingRows = lag?.Rows ?? 0,
                oldestWaitingSeconds = lag?.OldestSeconds ?? 0,
                loading = loads.Select(load => new
                {
                    table = showsNames ? load.Table.Value : null,
                    rows = load.Rows,
                    of = load.Total,
                    secondsLeft = load.SecondsLeft is { } seconds ? (long?)Math.Ceiling(seconds) : null,
                }),
            });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                status = report.Status.ToString(),
                role = context.RequestServices.GetRequiredService<ProcessRole>().Name,
                checks = Checks(report),
            });

    private static Dictionary<string, string> Checks(HealthReport report) =>
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString());
}
