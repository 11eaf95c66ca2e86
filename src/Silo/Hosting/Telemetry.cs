using Microsoft.AspNetCore.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ImageSearch.Silo;

/// <summary>
/// Sends metrics and traces to the collector of OTEL_EXPORTER_OTLP_ENDPOINT. Without that setting nothing of OpenTelemetry is even loaded,
/// and nothing is sent anywhere. A collector that is not there is tried again at the next interval and keeps no call waiting.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
    [
        "ImageSearch.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Microsoft.Orleans",
    ];

    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Application",
    ];

    /// <summary>Whether traces are sent, and are to follow calls from process to process.</summary>
    public static bool Traces(IConfiguration configuration) => TelemetrySettings.Read(new SettingReader(configuration)) is { Traces: true };

    /// <summary>To be called before other services are added: the last one to stop tells of the others' end.</summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, TelemetrySettings? settings)
    {
        if (settings is null) return;
        // ASP.NET Core leaves the path out of its traces unless it is asked, before the host is built.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", isEnabled: false);
        if (settings.Traces) builder.Services.AddSingleton<IStartupFilter, CallTraces>();
        builder.Services.AddHostedService(
            services => new Sending(
                settings, services.GetRequiredService<IConfiguration>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<ExportFaults>>()));
    }

    private sealed class Sending(TelemetrySettings settings, IConfiguration configuration, TimeProvider time, ILogger<ExportFaults> logger)
        : IHostedService, IDisposable
    {
        private OpenTelemetrySdk? _sdk;
        private ExportFaults? _faults;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _faults = new ExportFaults(settings.Endpoint, time, logger);
            _sdk = OpenTelemetrySdk.Create(Configure);
            return Task.CompletedTask;
        }

        // Sends what has not been sent, for five seconds at most where the collector does not answer.
        public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

        public void Dispose()
        {
            Interlocked.Exchange(ref _sdk, null)?.Dispose();
            Interlocked.Exchange(ref _faults, null)?.Dispose();
        }

        private void Configure(IOpenTelemetryBuilder telemetry)
        {
            // The SDK reads its variables from the service's configuration: also from appsettings.json and the command line.
            telemetry.Services.AddSingleton(configuration);
            telemetry.ConfigureResource(process => process.AddService("imagesearch").AddEnvironmentVariableDetector());
            telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddOtlpExporter());
            if (settings.Traces) telemetry.WithTracing(traces => traces.AddSource(Sources).AddOtlpExporter());
        }
    }
}
