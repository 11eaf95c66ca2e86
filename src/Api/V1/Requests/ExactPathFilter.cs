namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// Refuses paths that mean another resource than the client wrote: <c>DELETE /v1/tables/shop/items/..</c>, with a key of two dots, is
/// routed as <c>/v1/tables/shop/</c>, which would delete the table. Clients that resolve dot segments themselves send that form.
/// </summary>
internal sealed class ExactPathFilter : IEndpointFilter
{
    /// <summary>Whether a key can't stand in a path: it would be a dot segment.</summary>
    public static bool IsDotSegment(string key) => key is "." or "..";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var path = RawPath.Of(http);
        return IsExact(path) && (!path.EndsWith('/') || http.GetRouteValue("key") is not null)
            ? await next(context)
            : V1Results.Error(InvalidField.Of("the path", path, "without the segments . and .. and without a slash at its end"));
    }

    private static bool IsExact(ReadOnlySpan<char> path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (IsEncodedDotSegment(path[segment])) return false;
        }

        return true;
    }

    // One or two dots, each as it is or as %2E.
    private static bool IsEncodedDotSegment(ReadOnlySpan<char> segment)
    {
        const string EncodedDot = "%2e";
        var dots = 0;
        for (; !segment.IsEmpty; dots++)
        {
            if (segment[0] == '.') segment = segment[1..];
            else if (segment.StartsWith(EncodedDot, StringComparison.OrdinalIgnoreCase)) segment = segment[EncodedDot.Length..];
            else return false;
        }

        return dots is 1 or 2;
    }
}
