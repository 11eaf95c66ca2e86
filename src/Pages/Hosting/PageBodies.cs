using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Pages.Hosting;

/// <summary>Bounds what a request of a browser sends, in bytes and in time: forms of a login come from anyone.</summary>
internal static class PageBodies
{
    // Pictures go to the APIs or come in the messages of circuits.
    private const long MaxBytes = 1024 * 1024;
    private const long MaxFormBytes = 16 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Sets the bounds for as long as the request is answered.</summary>
    /// <returns>Ends the deadline; null if the request sends nothing.</returns>
    public static IDisposable? Bound(HttpContext context, TimeProvider time)
    {
        var isForm = context.Request.Path.StartsWithSegments("/session");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = isForm ? MaxFormBytes : MaxBytes;
        if (!HttpMethods.IsPost(context.Request.Method)) return null;
        var deadline = new BodyDeadline(time, context.RequestAborted);
        context.RequestAborted = deadline.Token;
        return deadline;
    }

    private sealed class BodyDeadline : IDisposable
    {
        private readonly CancellationTokenSource _late;
        private readonly CancellationTokenSource _linked;

        public BodyDeadline(TimeProvider time, CancellationToken aborted)
        {
            _late = new CancellationTokenSource(Deadline, time);
            _linked = CancellationTokenSource.CreateLinkedTokenSource(aborted, _late.Token);
        }

        public CancellationToken Token => _linked.Token;

        public void Dispose()
        {
            _linked.Dispose();
            _late.Dispose();
        }
    }
}
