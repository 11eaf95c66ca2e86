using ImageSearch.Api.Limits;

namespace ImageSearch.Api.V1.Downloads;

/// <summary>
/// A long answer with one JSON object per line. It holds one of few places while it is sent, and breaks off if it can't be completed: the answer
/// has begun, so a connection that breaks off is the only sign of a failure.
/// </summary>
internal abstract class LineDownload(RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host) : IResult
{
    /// <summary>The content type.</summary>
    public const string MediaType = "application/x-ndjson";

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
        Describe(httpContext.Response.Headers);
        try
        {
            await using var lines = new LineWriter(httpContext.Response.BodyWriter, time);
            if (await WriteAsync(lines, stop.Token)) return;
        }
        catch (OperationCanceledException)
        {
            // The client is gone or reads nothing, or the service stops.
        }

        httpContext.Abort();
    }

    /// <summary>Adds headers.</summary>
    protected virtual void Describe(IHeaderDictionary headers)
    {
    }

    /// <summary>Writes all lines.</summary>
    /// <returns>False if it can't be completed.</returns>
    protected abstract Task<bool> WriteAsync(LineWriter lines, CancellationToken cancellationToken);
}
