using ImageSearch.Api.V1.Requests;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace ImageSearch.Api.V1.Description;

/// <summary>The headers of requests and answers, as the OpenAPI document describes them.</summary>
internal static class CallHeaders
{
    /// <summary>The headers that a call takes.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below /v1.</param>
    public static IEnumerable<IOpenApiParameter> OfRequest(string method, string path)
    {
        yield return Parameter("token", "The service's token, if it has one (setting TOKEN), or an API key. Authorization: Bearer takes it as well.");
        if (IsConditional(method, path))
        {
            yield return Parameter(HeaderNames.IfMatch, "Only if the present ETag is one of these; * for any.");
            yield return Parameter(HeaderNames.IfNoneMatch, "* only where nothing is there yet.");
        }

        if (IsRead(method, path)) yield return Parameter(HeaderNames.IfNoneMatch, "304 instead of the item or its picture while its ETag is one of these.");
        if (IsRepeatable(method, path)) yield return Parameter(IdempotencyKey.Name, "1 to 255 visible ASCII characters: a call that is sent again with the same one happens once.");
    }

    /// <summary>The headers of an answer.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below /v1.</param>
    /// <param name="status">The status.</param>
    public static IEnumerable<(string Name, string Description)> OfAnswer(string method, string path, int status)
    {
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            yield return (HeaderNames.RetryAfter, "Seconds after which the call may succeed.");
        if (status is StatusCodes.Status201Created or StatusCodes.Status202Accepted)
            yield return (HeaderNames.Location, "The path of what was created.");
        var hasTag = status is StatusCodes.Status200OK or StatusCodes.Status201Created or StatusCodes.Status304NotModified;
        if (hasTag && method != HttpMethods.Delete && (IsOne(path) || IsPicture(path)))
            yield return (HeaderNames.ETag, "The present state, for If-Match and If-None-Match.");
    }

    /// <summary>Whether a call takes If-Match and If-None-Match of a write.</summary>
    public static bool IsConditional(string method, string path) => method != HttpMethods.Get && IsOne(path);

    /// <summary>Whether a call takes If-None-Match of a read.</summary>
    public static bool IsRead(string method, string path) =>
        method == HttpMethods.Get && (path is ("tables/{table}/items/{key}" or "tables/{table}/rows/{id}") || IsPicture(path));

    private static bool IsRepeatable(string method, string path) =>
        method == HttpMethods.Post && path is ("tables/{table}/items:batch" or "tables/{table}/imports");

    // The state of one table, item or key.
    private static bool IsOne(string path) => path is "tables/{table}" or "tables/{table}/items/{key}" or "tables/{table}/rows/{id}" or "keys/{id}";

    private static bool IsPicture(string path) =>
        path is "tables/{table}/thumbnails/{key}" or "tables/{table}/pictures/{key}" or "tables/{table}/rows/{id}/thumbnail" or "tables/{table}/rows/{id}/picture";

    private static OpenApiParameter Parameter(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
