using System.Buffers;
using System.Text.Json;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Imports;

/// <summary>All failures of an import, one JSON object a line, read from the catalog page by page.</summary>
internal sealed class FailureDownload(
    IImportGrain import, ImportFailurePage first, RequestLimiter limiter, IHostApplicationLifetime host) : IResult
{
    /// <summary>The content type that asks for it.</summary>
    public const string MediaType = "application/x-ndjson";

    /// <summary>Whether a client asks for it.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The lease of the call has ended: it holds no longer than until the first page is read.
        if (!limiter.Acquire(CallCost.Watch).TryGet(out var lease, out var busy))
        {
            await V1Results.Error(busy).ExecuteAsync(httpContext);
            return;
        }

        using var owned = lease;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, host.ApplicationStopping);
        httpContext.Response.ContentType = MediaType;
        try
        {
            if (await WriteAsync(httpContext, stop.Token)) return;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client is gone, or the service stops.
        }

        // The answer has begun, so the only sign of a failure is a connection that breaks off.
        httpContext.Abort();
    }

    // True: all failures are sent.
    private async Task<bool> WriteAsync(HttpContext httpContext, CancellationToken cancellationToken)
    {
        var body = httpContext.Response.BodyWriter;
        for (var page = first; ;)
        {
            using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = V1Json.Wire.Options.Encoder }))
            {
                foreach (var failure in page.Failures)
                {
                    JsonSerializer.Serialize(json, ImportFailureAnswer.Of(failure), V1Json.Wire.ImportFailureAnswer);
                    json.Flush();
                    body.Write("\n"u8);
                    json.Reset();
                }
            }

            await body.FlushAsync(cancellationToken);
            if (page.Next is not { } next) return true;
            if (!(await import.ListFailurePageAsync(next, cancellationToken)).TryGet(out page, out _)) return false;
        }
    }
}
