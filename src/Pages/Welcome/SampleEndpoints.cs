using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageSearch.Pages.Welcome;

/// <summary>Sends the sample pictures, which are part of the program.</summary>
internal static class SampleEndpoints
{
    /// <summary>The folder of the samples below the pages.</summary>
    public const string Path = "samples";

    public static void MapSamples(this IEndpointRouteBuilder routes) => routes.MapGet($"/{Path}/{{file}}", Send).AllowAnonymous();

    private static IResult Send(HttpContext context, string file)
    {
        if (!SamplePicture.Files.Contains(file)) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Stream(SamplePicture.Open(file), file.EndsWith(".webp", StringComparison.Ordinal) ? "image/webp" : "image/jpeg");
    }
}
