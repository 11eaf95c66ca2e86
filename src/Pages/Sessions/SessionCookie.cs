using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageSearch.Pages.Sessions;

/// <summary>
/// A browser that has logged in keeps TOKEN or its key in a cookie that only the service can read: encrypted, not for scripts, and not sent
/// with requests of other sites.
/// </summary>
internal static class SessionCookie
{
    /// <summary>The scheme and the cookie's name.</summary>
    public const string Name = "imagesearch_session";

    /// <summary>The header that calls of the pages' scripts have. Pages of other sites can't send it without asking first.</summary>
    public const string PageHeader = "X-ImageSearch-Page";

    /// <summary>How long a session lasts that is not used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static void Add(IServiceCollection services) => services.AddAuthentication(Name).AddCookie(
        Name,
        cookie =>
        {
            cookie.Cookie.Name = Name;
            // The pages' scripts and pictures use /v1.
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Lifetime;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/login";
            cookie.AccessDeniedPath = "/login";
            cookie.Events.OnValidatePrincipal = context =>
            {
                var ended = context.HttpContext.RequestServices.GetRequiredService<EndedSessions>();
                if (ended.Has(BrowserSession.Of(context.Principal))) context.RejectPrincipal();
                return Task.CompletedTask;
            };
        });

    /// <summary>The secret of a request outside the pages, whose cookie no handler has read; null for one without a session.</summary>
    public static string? SecretOf(HttpContext context, IServiceProvider pages)
    {
        var cookie = pages.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Name);
        var ticket = cookie.TicketDataFormat.Unprotect(cookie.CookieManager.GetRequestCookie(context, Name));
        if (ticket is null || ticket.Properties.ExpiresUtc <= pages.GetRequiredService<TimeProvider>().GetUtcNow()) return null;
        var session = BrowserSession.Of(ticket.Principal);
        return pages.GetRequiredService<EndedSessions>().Has(session) ? null : session.Secret;
    }

    /// <summary>
    /// Whether a request may use its cookie outside the pages: one that changes something comes from the pages' own scripts.
    /// </summary>
    public static bool MayBeUsed(HttpRequest request)
    {
        if (!request.Cookies.ContainsKey(Name)) return false;
        if (request.Headers["Sec-Fetch-Site"] is not ([] or ["same-origin"])) return false;
        return HttpMethods.IsGet(request.Method) || request.Headers.ContainsKey(PageHeader);
    }
}
