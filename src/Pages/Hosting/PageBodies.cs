using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Pages.Hosting;

/// <summary>Bounds what a request of a browser sends, in bytes and in time: forms of a login come from anyone.</summary>
internal static class PageBodies
{
    // Pictures go to the APIs or come in the messages of circuits.
    private const long MaxBytes = 1024 * 1024;
    private const long MaxFormBytes = 16 * 1024;

    /// <summary>Sets the bounds for as long as the request is answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="deadline">The time in which its body must come.</param>
    /// <returns>Ends the deadline; null if the request sends nothing.</returns>
    public static IDisposable? Bound(HttpContext context, TimeSpan deadline)
    {
        var isForm = context.Request.Path.StartsWithSegments("/session");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body) body.MaxRequestBodySize = isForm ? MaxFormBytes : MaxBytes;
        if (!HttpMethods.IsPost(context.Request.Method)) return null;
        var late = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        late.CancelAfter(deadline);
        context.RequestAborted = late.Token;
        return late;
    }
}
