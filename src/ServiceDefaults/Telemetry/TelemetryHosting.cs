using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Sends metrics and traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT, and serves metrics at <c>/metrics</c> if PROMETHEUS is true.
/// Without these settings no OpenTelemetry assembly is loaded and nothing is sent. If the collector does not answer, the next interval
/// tries again; no request waits for it.
/// </summary>
public static class TelemetryHosting
{
    private const string ScrapePath = "/metrics";

    // Each instrument allocates its points in advance: the SDK's 2,000 are 24 MB for the 134 instruments of a process. Ours have at most some
    // dozen combinations of tags; those beyond the limit count together in one point.
    private const int MaxPointsPerInstrument = 200;

    /// <summary>
    /// Adds the exporters. Call it before other services are added: hosted services stop in reverse order, so this one measures their
    /// end.
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="settings">Where metrics and traces go; null: telemetry is off.</param>
    /// <param name="orleans">Whether calls between processes are traced. Their spans contain the grain's key, which is the table's name.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, TelemetrySettings? settings, bool orleans)
    {
        if (settings is not null) Add(builder, settings, orleans);
    }

    /// <summary>Maps <c>/metrics</c> if PROMETHEUS is true.</summary>
    /// <param name="app">The web server.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="refusal">The HTTP status for a caller without access to the metrics; null for one with access.</param>
    public static void MapTelemetry(this WebApplication app, TelemetrySettings? settings, Func<HttpContext, int?> refusal)
    {
        if (settings is { Prometheus: true }) Map(app, refusal);
    }

    // A method of its own, like Map: a service without telemetry must not load OpenTelemetry at its start.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IHostApplicationBuilder builder, TelemetrySettings settings, bool orleans)
    {
        // First: it must still listen when the exporter flushes at shutdown.
        if (settings.Endpoint is { } endpoint)
            builder.Services.AddHostedService(
                services => new ExportFaults(endpoint, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ExportFaults>>()));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(process => process.AddService("imagesearch").AddEnvironmentVariableDetector());
        telemetry.WithMetrics(
            metrics =>
            {
                metrics.AddMeter("ImageSearch.*", "Microsoft.Orleans").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation()
                    .AddView("*", new MetricStreamConfiguration { CardinalityLimit = MaxPointsPerInstrument });
                if (settings.Endpoint is not null) metrics.AddOtlpExporter();
                if (settings.Prometheus) metrics.AddPrometheusExporter();
            });
        if (!settings.Traces) return;
        telemetry.WithTracing(
            traces =>
            {
                // Every load balancer requests the health endpoints every few seconds.
                traces.AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = IsTraced;
                    options.EnrichWithHttpResponse = (span, response) => span.SetTag("url.path", PathOf(response.HttpContext));
                }).AddSource(CallStages.SourceName).AddOtlpExporter();
                if (orleans) traces.AddSource("Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application");
            });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Map(WebApplication app, Func<HttpContext, int?> refusal)
    {
        app.Use(
            (context, next) =>
            {
                if (!IsScrape(context) || refusal(context) is not { } status) return next(context);
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(ScrapePath);
    }

    private static bool IsTraced(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && !IsScrape(context);

    // Paths of the native API have names of tables and keys of items.
    private static string PathOf(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)) return context.Request.Path;
        return (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "/v1/";
    }

    // The exporter serves the metrics at every path below it too.
    private static bool IsScrape(HttpContext context) => context.Request.Path.StartsWithSegments(ScrapePath);
}
