using System.Globalization;
using System.Net;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Pages.Pictures;

/// <summary>
/// The thumbnail of an item for a page, or a placeholder where none is kept: browsers report a missing picture as an error of the page.
/// </summary>
internal static class PictureEndpoints
{
    private const string Placeholder =
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#8883"/><path d="M24 68l18-22 12 14 8-8 12 16z" fill="#8888"/><circle cx="62" cy="34" r="7" fill="#8888"/></svg>""";

    /// <summary>The address of an item's picture, relative to the pages.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="id">The item's id.</param>
    /// <param name="modified">When the item changed: another picture has another address.</param>
    public static string AddressOf(string table, long id, DateTimeOffset? modified) => string.Create(
        CultureInfo.InvariantCulture, $"pictures/{Uri.EscapeDataString(table)}/{id}?v={modified?.ToUnixTimeMilliseconds() ?? 0}");

    public static void MapPictures(this IEndpointRouteBuilder routes) => routes.MapGet("/pictures/{table}/{id:long}", SendAsync);

    private static async Task SendAsync(HttpContext context, PageClients clients, string table, long id)
    {
        var response = context.Response;
        using var thumbnail = await clients.GetAsync(
            BrowserSession.Of(context.User),
            string.Create(CultureInfo.InvariantCulture, $"v1/tables/{Uri.EscapeDataString(table)}/rows/{id}/thumbnail"),
            context.RequestAborted,
            headers => headers.TryAddWithoutValidation(HeaderNames.IfNoneMatch, (IEnumerable<string?>)context.Request.Headers.IfNoneMatch));
        // The browser asks each time: who uses it next may not see this table.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.ETag = thumbnail.Headers.ETag?.ToString();
        if (thumbnail.StatusCode == HttpStatusCode.NotModified)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (thumbnail.StatusCode != HttpStatusCode.OK)
        {
            response.ContentType = "image/svg+xml";
            response.Headers.CacheControl = "private, max-age=10";
            await response.WriteAsync(Placeholder, context.RequestAborted);
            return;
        }

        response.ContentType = "image/webp";
        response.ContentLength = thumbnail.Content.Headers.ContentLength;
        await thumbnail.Content.CopyToAsync(response.Body, context.RequestAborted);
    }
}
