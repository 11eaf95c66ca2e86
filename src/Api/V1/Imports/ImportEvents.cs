using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The progress of an import as server-sent events: <c>progress</c> every second, and <c>end</c> when it has ended.</summary>
internal sealed class ImportEvents(IImportGrain import, ImportStatus first, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host) : IResult
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Held as long as the client listens, unlike the lease of a call that answers at once.
        if (!limiter.Acquire(CallCost.Watch).TryGet(out var lease, out var busy))
        {
            await V1Results.Error(busy).ExecuteAsync(httpContext);
            return;
        }

        using var owned = lease;
        using var deadline = new CancellationTokenSource(RequestLimits.WatchDeadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, host.ApplicationStopping, deadline.Token);
        httpContext.Response.ContentType = "text/event-stream";
        httpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            await SseFormatter.WriteAsync(
                ReadAsync(stop.Token),
                httpContext.Response.Body,
                (item, buffer) =>
                {
                    using var json = new Utf8JsonWriter(buffer);
                    JsonSerializer.Serialize(json, item.Data, V1Json.Wire.ImportEvent);
                },
                stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client is gone, or its time is up, or the service stops: an EventSource connects again, perhaps to another process.
        }
    }

    private async IAsyncEnumerable<SseItem<ImportEvent>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rate = new ImportRate();
        for (var status = first; ;)
        {
            var isEnded = status.State is not (ImportState.Receiving or ImportState.Running);
            rate.Add(time.GetUtcNow(), status.Stored + status.Failed);
            yield return new SseItem<ImportEvent>(ImportEvent.Of(status, isEnded ? null : rate), isEnded ? "end" : "progress");
            if (isEnded) yield break;
            await Task.Delay(Interval, time, cancellationToken);
            // The import may be on a silo that restarts: the last progress is sent again.
            if ((await import.DescribeAsync(cancellationToken)).TryGet(out var next, out var failure)) status = next;
            else if (failure.Code == FailureCode.ImportNotFound) yield break;
        }
    }
}
