namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// Refuses paths that mean another resource than the client wrote: <c>DELETE /v1/tables/shop/items/..</c>, with a key of two dots, is
/// routed as <c>/v1/tables/shop/</c>, which would delete the table. Clients that resolve dot segments themselves send that form.
/// </summary>
internal sealed class ExactPathFilter : IEndpointFilter
{
    /// <summary>Whether a segment of a key or a path is a dot segment.</summary>
    public static bool IsDotSegment(string segment) => segment is "." or "..";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var path = RawPath.Of(http);
        var isExact = !path.Split('/').Any(segment => IsDotSegment(segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)))
            && (!path.EndsWith('/') || http.GetRouteValue("key") is not null);
        return isExact
            ? await next(context)
            : V1Results.Error(InvalidField.Of("the path", path, "without the segments . and .. and without a slash at its end"));
    }
}
