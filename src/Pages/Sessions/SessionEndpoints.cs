using ImageSearch.Pages.Languages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ImageSearch.Pages.Sessions;

/// <summary>Logging in and out, and the choice of a language: forms, because they set cookies.</summary>
internal static class SessionEndpoints
{
    // Longer than any TOKEN that fits in a header.
    private const int MaxSecret = 4096;

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/session", LogInAsync).AllowAnonymous();
        routes.MapPost("/session/end", LogOutAsync).AllowAnonymous();
        routes.MapPost("/session/language", ChooseLanguage).AllowAnonymous();
    }

    private static async Task<IResult> LogInAsync(
        HttpContext context, ISecretCheck check, EndedSessions ended, [FromForm] string? token, [FromForm] string? back)
    {
        var verdict = token is { Length: > 0 and <= MaxSecret } ? await check.CheckAsync(context, token) : SecretVerdict.Wrong;
        if (verdict != SecretVerdict.Right) return Redirect(context, $"/login?verdict={verdict}&back={Uri.EscapeDataString(Local(context, back))}");
        // Pages that its last user left open end with their session.
        ended.End(BrowserSession.Of(context.User));
        var session = BrowserSession.New(token!, context.Connection.RemoteIpAddress);
        await context.SignInAsync(SessionCookie.Name, session.ToUser(SessionCookie.Name));
        return Redirect(context, Local(context, back));
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, EndedSessions ended, [FromForm] string? back)
    {
        ended.End(BrowserSession.Of(context.User));
        await context.SignOutAsync(SessionCookie.Name);
        return Redirect(context, Local(context, back));
    }

    private static IResult ChooseLanguage(HttpContext context, [FromForm] string? language, [FromForm] string? back)
    {
        if (LanguageTag.Parse(language) is { } chosen) LanguageChoice.Keep(context.Response, chosen);
        return Redirect(context, Local(context, back));
    }

    private static IResult Redirect(HttpContext context, string path) => Results.LocalRedirect(context.Request.PathBase + path);

    // A page of the pages: never another site, no address that a browser reads as one, and nothing that a header can't carry. The challenge
    // of the session names it with the path of the pages.
    private static string Local(HttpContext context, string? back)
    {
        if (back is not ['/', ..] || back.Contains('\\') || !back.All(character => char.IsAscii(character) && !char.IsControl(character))) return "/";
        var path = new PathString(back).StartsWithSegments(context.Request.PathBase, out var rest) ? rest.Value ?? "/" : back;
        return path.StartsWith("//", StringComparison.Ordinal) || path.Length == 0 ? "/" : path;
    }
}
