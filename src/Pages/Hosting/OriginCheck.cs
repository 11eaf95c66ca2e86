using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Hosting;

/// <summary>
/// Refuses what a page of another origin does in its visitor's name. SameSite does not: browsers send a cookie to every port of its host, and
/// with requests of pages of sibling domains, also to a WebSocket, whose answers such a page can read.
/// </summary>
internal static class OriginCheck
{
    /// <summary>Whether a request comes from the pages themselves, from a program, or changes nothing.</summary>
    public static bool Allows(HttpRequest request)
    {
        var headers = request.Headers;
        var onlyReads = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && headers.Upgrade.Count == 0;
        if (onlyReads) return true;
        if (headers["Sec-Fetch-Site"] is not ([] or ["same-origin"] or ["none"])) return false;
        // Behind a proxy with TLS the scheme is another one than the browser's.
        return headers.Origin is [] || (headers.Origin is [{ } origin] && Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
