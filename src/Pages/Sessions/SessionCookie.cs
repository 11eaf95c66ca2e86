using System.Security.Claims;
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

    private const string SecretClaim = "secret";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

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
        });

    /// <summary>A session of a secret that was checked.</summary>
    public static ClaimsPrincipal NewSession(string secret) => new(new ClaimsIdentity([new Claim(SecretClaim, secret)], Name));

    /// <summary>The secret of a session; null for a browser that has not logged in.</summary>
    public static string? SecretOf(ClaimsPrincipal? user) => user?.FindFirst(SecretClaim)?.Value;

    /// <summary>The secret of a request outside the pages, whose cookie no handler has read.</summary>
    public static string? SecretOf(HttpContext context, IOptionsMonitor<CookieAuthenticationOptions> options, TimeProvider time)
    {
        var cookie = options.Get(Name);
        var ticket = cookie.TicketDataFormat.Unprotect(cookie.CookieManager.GetRequestCookie(context, Name));
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() ? SecretOf(ticket.Principal) : null;
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
