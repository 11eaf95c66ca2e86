namespace ImageSearch.ServiceDefaults;

/// <summary>The log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = EventIds.ExportFailed, Level = LogLevel.Warning,
        Message = "Metrics or traces could not be sent to {Collector}, check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL: {Reason}")]
    public static partial void ExportFailed(this ILogger logger, string collector, string reason);
}
