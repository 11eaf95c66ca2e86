using System.Net;
using ImageSearch.Api.Security;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Keeps web pages away from a service without a TOKEN. A page of any site can make its visitor's browser send requests to 127.0.0.1, or
/// to a name that it lets lead there; such requests carry the marks that browsers set and programs do not. Clients without these marks,
/// and the pages of the service itself, pass.
/// </summary>
internal static class BrowserGuard
{
    public static void UseBrowserGuard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TokenCheck>().IsRequired) return;
        app.Use(
            async (context, next) =>
            {
                if (!IsForeign(context))
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsJsonAsync(
                    new { detail = "web pages of other sites are refused; call this service from your server, or set TOKEN and send it" });
            });
    }

    private static bool IsForeign(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && headers["Sec-Fetch-Mode"] is not ["navigate"]) return true;
        if (headers.Origin is [{ } origin] && origin != $"{context.Request.Scheme}://{context.Request.Host}") return true;

        // A name of somebody else's that leads to this machine: to the browser it is the page's own site.
        var fromBrowser = headers.ContainsKey("Sec-Fetch-Site") || headers.ContainsKey("Origin");
        return fromBrowser && context.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local) && !IsThisMachine(context.Request.Host.Host);
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);
}
