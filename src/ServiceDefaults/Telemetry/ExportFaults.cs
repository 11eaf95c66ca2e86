using System.Diagnostics.Tracing;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Brings what OpenTelemetry says about posts that fail into the service's log, a line in five minutes at most: the SDK tells nobody else,
/// and an operator would look at an empty dashboard.
/// </summary>
public sealed partial class ExportFaults(Uri endpoint, TimeProvider time, ILogger logger) : EventListener, IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly string _collector = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    private readonly Lock _lock = new();
    private long? _told;

    /// <summary>It listens from its construction to its disposal.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol") EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        lock (_lock)
        {
            if (_told is { } told && time.GetElapsedTime(told) < Pause) return;
            _told = time.GetTimestamp();
        }

        // The last part of an event is the exception or what the collector said; its first line says enough.
        var reason = eventData.Payload is { Count: > 0 } parts ? parts[^1]?.ToString() : eventData.Message;
        LogNotSent(_collector, (reason ?? "").Split('\n', 2)[0].Trim());
    }

    [LoggerMessage(
        EventId = 260, Level = LogLevel.Warning,
        Message = "Metrics or traces could not be sent to {Collector}, look at OTEL_EXPORTER_OTLP_ENDPOINT and _PROTOCOL: {Reason}")]
    private partial void LogNotSent(string collector, string reason);
}
