using System.Runtime.CompilerServices;
using ImageSearch.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Sends metrics and traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT, and shows metrics at <c>/metrics</c> where the setting
/// PROMETHEUS is true. Without these settings no assembly of OpenTelemetry is loaded and nothing is sent anywhere. A collector that does
/// not answer is tried again at the next interval and keeps no call waiting.
/// </summary>
public static class TelemetryHosting
{
    private const string ScrapePath = "/metrics";

    /// <summary>Whether traces are sent, and are to follow calls from process to process.</summary>
    public static bool Traces(IConfiguration configuration) => TelemetrySettings.Read(new SettingReader(configuration)) is { Traces: true };

    /// <summary>Call it before other services are added: what starts first stops last, and is measured to its end.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="settings">Where metrics and traces go; null: nowhere.</param>
    /// <param name="orleans">Whether calls between processes are traced. Their spans name the grain and with it the table.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, TelemetrySettings? settings, bool orleans)
    {
        if (settings is not null) Add(builder, settings, orleans);
    }

    /// <summary>Maps <c>/metrics</c> where it is wanted.</summary>
    /// <param name="app">The web server.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="refusal">The status for a caller who may not see the metrics; null for one who may.</param>
    public static void MapTelemetry(this WebApplication app, TelemetrySettings? settings, Func<HttpContext, int?> refusal)
    {
        if (settings is { Prometheus: true }) Map(app, refusal);
    }

    // Apart, as Map is, so that a service without telemetry does not load OpenTelemetry at its start.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(IHostApplicationBuilder builder, TelemetrySettings settings, bool orleans)
    {
        // First, so that it still listens when the exporter sends the last of it.
        if (settings.Endpoint is { } endpoint)
            builder.Services.AddHostedService(
                services => new ExportFaults(endpoint, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ExportFaults>>()));
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(process => process.AddService("imagesearch").AddEnvironmentVariableDetector());
        telemetry.WithMetrics(
            metrics =>
            {
                metrics.AddMeter("ImageSearch.*", "Microsoft.Orleans").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation();
                if (settings.Endpoint is not null) metrics.AddOtlpExporter();
                if (settings.Prometheus) metrics.AddPrometheusExporter();
            });
        if (!settings.Traces) return;
        telemetry.WithTracing(
            traces =>
            {
                // Calls for the process's health come every few seconds from each balancer.
                traces.AddAspNetCoreInstrumentation(options => options.Filter = IsTraced).AddOtlpExporter();
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

    // As the exporter is mapped: every path below it shows the metrics too.
    private static bool IsScrape(HttpContext context) => context.Request.Path.StartsWithSegments(ScrapePath);
}
