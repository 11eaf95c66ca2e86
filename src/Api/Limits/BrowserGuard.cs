using ImageSearch.Api.Http;
using ImageSearch.Api.Security;
using ImageSearch.Api.Settings;

namespace ImageSearch.Api.Limits;

/// <summary>
/// Rejects requests of foreign web pages to a service without a TOKEN. A page of any site can make its visitor's browser send requests to
/// 127.0.0.1, or to a name that resolves to it. The former carry headers that browsers set, the latter a Host that is not the service's
/// (see <see cref="AllowedHosts"/>). Programs and the service's own pages pass.
/// </summary>
internal static class BrowserGuard
{
    private const string OtherSite = "web pages of other sites are refused; call this service from your server, or set TOKEN and send it";

    private const string OtherHost =
        "the request's Host is not a name of this service; add it to the setting ALLOWED_HOSTS, or set TOKEN and send it";

    public static void UseBrowserGuard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TokenCheck>().IsRequired) return;
        var hosts = new AllowedHosts(app.Services.GetRequiredService<ServiceSettings>().AllowedHosts, app.Configuration["urls"]);
        app.Use(
            async (context, next) =>
            {
                if (Rejection(context, hosts) is not { } detail)
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await PlainError.WriteAsync(context, detail);
            });
    }

    /// <summary>Whether a call passed for its path although its Host may be that of a web page: the answer must not name tables.</summary>
    public static bool HasForeignHost(HttpContext context) => context.Items.ContainsKey(OtherHost);

    private static string? Rejection(HttpContext context, AllowedHosts hosts)
    {
        if (IsFromOtherSite(context)) return OtherSite;
        if (hosts.Allows(context.Request.Host.Host)) return null;
        // Load balancers probe the health by names that are not configured here.
        if (!context.Request.Path.StartsWithSegments("/health")) return OtherHost;
        context.Items[OtherHost] = OtherHost;
        return null;
    }

    private static bool IsFromOtherSite(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"] && headers["Sec-Fetch-Mode"] is not ["navigate"]) return true;
        return headers.Origin is [{ } origin] && origin != $"{context.Request.Scheme}://{context.Request.Host}";
    }
}
