using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>Declares the settings of <see cref="TelemetrySettings"/>.</summary>
internal static class TelemetryDefinitions
{
    /// <summary>The word that sends metrics only.</summary>
    public const string None = "none";

    public static readonly BooleanSetting Prometheus = new(
        "PROMETHEUS", false, "If true, metrics are served at `/metrics`, protected by TOKEN if it is set.");

    public static readonly OptionalTextSetting Endpoint = new(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http(s) URL", "OpenTelemetry collector, or Prometheus, that receives metrics and traces.")
    {
        Accepts = text => TelemetrySettings.ParseEndpoint(text) is not null,
        ErrorBound = "the URL of a collector, such as http://127.0.0.1:4317 for grpc or http://127.0.0.1:4318 for http/protobuf",
    };

    // The SDK ignores a word that it does not know and uses gRPC.
    public static readonly WordSetting Protocol = new("OTEL_EXPORTER_OTLP_PROTOCOL", ["grpc", "http/protobuf"], "Protocol of the collector.");

    public static readonly WordSetting TracesExporter = new("OTEL_TRACES_EXPORTER", ["otlp", None], $"`{None}` sends metrics only.");
}
