namespace ImageSearch.Silo;

/// <summary>
/// Where metrics and traces are sent, by the names of OpenTelemetry's specification. Its other variables (OTEL_EXPORTER_OTLP_HEADERS,
/// OTEL_TRACES_SAMPLER, OTEL_METRIC_EXPORT_INTERVAL, …) are read by its SDK.
/// </summary>
internal sealed record TelemetrySettings
{
    /// <summary>The collector.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Whether traces are sent too.</summary>
    public required bool Traces { get; init; }

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    /// <returns>Null: nothing is sent anywhere.</returns>
    public static TelemetrySettings? Read(SettingReader read)
    {
        if (read.Text("OTEL_EXPORTER_OTLP_ENDPOINT") is not { } text) return null;
        var traces = Exporter(read);
        // The SDK passes over a word that it does not know, and would speak gRPC.
        if (read.Text("OTEL_EXPORTER_OTLP_PROTOCOL") is { } protocol && protocol is not ("grpc" or "http/protobuf"))
            read.Refuse("OTEL_EXPORTER_OTLP_PROTOCOL", protocol, "grpc or http/protobuf");
        if (Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https")
            return new TelemetrySettings { Endpoint = endpoint, Traces = traces };
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
