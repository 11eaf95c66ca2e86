using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.V1.Requests;

/// <summary>The path of a request as the client sent it: the server decodes a path and resolves its dot segments before it is routed.</summary>
internal static class RawPath
{
    /// <summary>The path without host and query string.</summary>
    public static string Of(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        // A proxy may send the absolute form, http://host/path.
        if (target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && !target.StartsWith('/')
            && target.IndexOf('/', scheme + 3) is > 0 and var path)
            target = target[path..];
        return target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
    }
}
