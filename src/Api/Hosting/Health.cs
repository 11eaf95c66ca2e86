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
        var answer = new ReadyAnswer(
            report.Status.ToString(),
            context.RequestServices.GetRequiredService<ProcessRole>().Name,
            Checks(report),
            lag?.Rows ?? 0,
            lag?.OldestSeconds ?? 0,
            [.. loads.Select(load => Loading(load, showsNames))]);
        return context.Response.WriteAsJsonAsync(answer, HealthJson.Wire.ReadyAnswer);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new LiveAnswer(report.Status.ToString(), context.RequestServices.GetRequiredService<ProcessRole>().Name, Checks(report));
        return context.Response.WriteAsJsonAsync(answer, HealthJson.Wire.LiveAnswer);
    }

    private static LoadingTable Loading(TableLoad load, bool showsName) =>
        new(
            showsName ? load.Table.Value : null,
            load.Rows,
            load.Total,
            load.SecondsLeft is { } seconds ? (long?)Math.Ceiling(seconds) : null);

    private static Dictionary<string, string> Checks(HealthReport report) =>
        report.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Description ?? entry.Value.Status.ToString());
}
