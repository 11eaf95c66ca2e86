using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageSearch.Pages.Imports;

/// <summary>All failures of an import as a file. A link can't ask <c>/v1</c> for them as lines, which is a header.</summary>
internal static class ImportFailureEndpoints
{
    private const string ContentType = "application/x-ndjson";

    /// <summary>The address of an import's failures, relative to the pages.</summary>
    public static string AddressOf(string import) => $"imports/{Uri.EscapeDataString(import)}/failures";

    public static void MapImportFailures(this IEndpointRouteBuilder routes) => routes.MapGet("/imports/{import}/failures", SendAsync);

    private static async Task SendAsync(HttpContext context, PageClients clients, string import)
    {
        var response = context.Response;
        using var failures = await clients.GetAsync(
            BrowserSession.Of(context.User), $"v1/{AddressOf(import)}", context.RequestAborted, headers => headers.Accept.ParseAdd(ContentType));
        response.StatusCode = (int)failures.StatusCode;
        response.Headers.CacheControl = "no-store";
        if (!failures.IsSuccessStatusCode) return;
        response.ContentType = ContentType;
        response.Headers.ContentDisposition = "attachment; filename=\"failures.ndjson\"";
        await failures.Content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
