using System.Diagnostics.Tracing;

namespace ImageSearch.ServiceDefaults.Telemetry;

/// <summary>
/// Logs failed exports of OpenTelemetry, at most one in five minutes. The SDK only raises events, so without this an operator would see an
/// empty dashboard and no reason.
/// </summary>
/// <param name="endpoint">The collector.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class ExportFaults(Uri endpoint, TimeProvider time, ILogger logger) : EventListener, IHostedService
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(5);

    private readonly string _collector = endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    private readonly Lock _lock = new();
    private long? _loggedAt;

    /// <summary>Does nothing: the listener works from construction to disposal.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="StartAsync"/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol") EnableEvents(eventSource, EventLevel.Warning);
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        lock (_lock)
        {
            if (_loggedAt is { } loggedAt && time.GetElapsedTime(loggedAt) < LogInterval) return;
            _loggedAt = time.GetTimestamp();
        }

        // The last value of the payload is the exception or the collector's response. Its first line is enough.
        var reason = eventData.Payload is { Count: > 0 } payload ? payload[^1]?.ToString() : eventData.Message;
        logger.ExportFailed(_collector, (reason ?? "").Split('\n', 2)[0].Trim());
    }
}
