using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Hosting;

/// <summary>Headers of every answer of the pages: nothing of another site is loaded, run or sent to, and no other site shows them in a frame.</summary>
internal static class PageHeaders
{
    // Styles of the component library are attributes of elements. Pictures that a user picks are shown as blob: before they are sent.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
        + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    public static void Add(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
