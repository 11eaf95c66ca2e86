using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Where metrics and traces go, by the names of OpenTelemetry's specification and PROMETHEUS. Its other variables (OTEL_EXPORTER_OTLP_HEADERS,
/// OTEL_TRACES_SAMPLER, OTEL_METRIC_EXPORT_INTERVAL, …) are read by its SDK.
/// </summary>
public sealed record TelemetrySettings
{
    /// <summary>The collector; null: nothing is sent.</summary>
    public required Uri? Endpoint { get; init; }

    /// <summary>Whether traces are sent too.</summary>
    public required bool Traces { get; init; }

    /// <summary>Whether metrics are shown at <c>/metrics</c>.</summary>
    public required bool Prometheus { get; init; }

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    /// <returns>Null: nothing is measured for others.</returns>
    public static TelemetrySettings? Read(SettingReader read)
    {
        var prometheus = read.Switch("PROMETHEUS", false);
        var address = read.Text("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (address is null && !prometheus) return null;
        return new TelemetrySettings
        {
            Endpoint = address is null ? null : Collector(read, address),
            Traces = address is not null && Exporter(read),
            Prometheus = prometheus,
        };
    }

    private static Uri? Collector(SettingReader read, string text)
    {
        // The SDK passes over a word that it does not know, and would speak gRPC.
        if (read.Text("OTEL_EXPORTER_OTLP_PROTOCOL") is { } protocol && protocol is not ("grpc" or "http/protobuf"))
            read.Refuse("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "grpc or http/protobuf");
        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https") return endpoint;
        read.Refuse(
            "OTEL_EXPORTER_OTLP_ENDPOINT", text,
            "the URL of a collector, such as http://127.0.0.1:4317 for grpc or http://127.0.0.1:4318 for http/protobuf");
        return null;
    }

    private static bool Exporter(SettingReader read)
    {
        switch (read.Text("OTEL_TRACES_EXPORTER"))
        {
            case null or "otlp": return true;
            case "none": return false;
            case var other:
                read.Refuse("OTEL_TRACES_EXPORTER", other, "otlp or none");
                return false;
        }
    }
}
