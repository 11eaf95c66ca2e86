using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Where metrics and traces go, by the names of the OpenTelemetry specification and PROMETHEUS. The SDK reads the other variables of the
/// specification itself: OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, OTEL_METRIC_EXPORT_INTERVAL, …
/// </summary>
public sealed record TelemetrySettings
{
    /// <summary>The declared settings.</summary>
    public static IReadOnlyList<Setting> Definitions => SettingGroup.Of(typeof(TelemetryDefinitions));

    /// <summary>The collector; null: nothing is sent.</summary>
    public required Uri? Endpoint { get; init; }

    /// <summary>Whether traces are sent too.</summary>
    public required bool Traces { get; init; }

    /// <summary>Whether metrics are served at <c>/metrics</c>.</summary>
    public required bool Prometheus { get; init; }

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    /// <returns>Null: telemetry is off.</returns>
    public static TelemetrySettings? Read(SettingReader reader)
    {
        var prometheus = reader.Boolean(TelemetryDefinitions.Prometheus);
        var endpoint = reader.Text(TelemetryDefinitions.Endpoint);
        if (endpoint is null) return prometheus ? new TelemetrySettings { Endpoint = null, Traces = false, Prometheus = true } : null;
        // The SDK reads it too; this only checks it.
        reader.Word(TelemetryDefinitions.Protocol);
        return new TelemetrySettings
        {
            Endpoint = ParseEndpoint(endpoint),
            Traces = reader.Word(TelemetryDefinitions.TracesExporter) != TelemetryDefinitions.None,
            Prometheus = prometheus,
        };
    }

    internal static Uri? ParseEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" ? endpoint : null;
}
