using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.V1.Requests;

/// <summary>
/// The body of a call, read: a JSON object, a form with a file, or a picture whose fields are in the query string.
/// </summary>
/// <param name="members">The fields.</param>
/// <param name="picture">The uploaded picture; null if there is none.</param>
/// <param name="body">Owns the bytes.</param>
internal sealed class Body(Members members, ReadOnlyMemory<byte>? picture, RequestBody body) : IDisposable
{
    private static readonly string[] FileNames = ["image", "file"];

    private const string MediaTypes = "application/json, multipart/form-data or image/*";

    /// <summary>The fields.</summary>
    public Members Members { get; } = members;

    /// <summary>The uploaded picture; null if there is none.</summary>
    public ReadOnlyMemory<byte>? Picture { get; } = picture;

    /// <summary>Reads a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="known">The members that the call knows.</param>
    /// <param name="inQuery">Members that may be in the query string also beside a body of JSON.</param>
    public static async Task<Result<Body>> ReadAsync(HttpContext context, IReadOnlyCollection<string> known, params string[] inQuery)
    {
        var bodies = context.RequestServices.GetRequiredService<RequestBodies>();
        if (!(await bodies.ReadAsync(context)).TryGet(out var body, out var failure)) return failure;
        var read = await ParseAsync(context, body, known, inQuery);
        if (read.Failure is not null) body.Dispose();
        return read;
    }

    /// <summary>Reads the fields of the query string.</summary>
    public static Result<Members> Query(HttpContext context, IReadOnlyCollection<string> known) =>
        QueryFields.Parse(context.Request.QueryString).TryGet(out var values, out var failure) ? Members.Of(values, "", known) : failure;

    /// <inheritdoc cref="RequestBody.Abandon"/>
    public void Abandon() => body.Abandon();

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();

    private static async Task<Result<Body>> ParseAsync(
        HttpContext context, RequestBody body, IReadOnlyCollection<string> known, IReadOnlyCollection<string> inQuery)
    {
        var request = context.Request;
        Dictionary<string, FieldValue> values;
        Failure? failure;
        if (IsPicture(request.ContentType))
        {
            if (!Query(context, known).TryGet(out var query, out failure)) return failure;
            return body.Content.IsEmpty ? InvalidField.Missing("the body", "a picture") : new Body(query, body.Content, body);
        }

        ReadOnlyMemory<byte>? picture = null;
        if (request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var parts = await MultipartBody.ReadAsync(request.ContentType, body.Content, context.RequestAborted);
            if (!parts.TryGet(out var all, out failure)
                || !MultipartFields.File(all, FileNames).TryGet(out var file, out failure)
                || !MultipartFields.Of(all, request.ContentType).TryGet(out values!, out failure))
                return failure;
            picture = file?.Content;
        }
        else if (!Json(request, body.Content).TryGet(out values!, out failure))
        {
            return failure;
        }

        if (!QueryFields.Parse(request.QueryString).TryGet(out var extra, out failure)) return failure;
        foreach (var (name, value) in extra)
        {
            if (!inQuery.Contains(name)) return known.Contains(name) ? InvalidField.InBody(name) : InvalidField.Unknown(name, [.. inQuery, .. known]);
            if (!values.TryAdd(name, value)) return FormFields.GivenTwice(name) with { Field = name };
        }

        return Members.Of(values, "", known).TryGet(out var members, out failure) ? new Body(members, picture, body) : failure;
    }

    private static Result<Dictionary<string, FieldValue>> Json(HttpRequest request, Memory<byte> body)
    {
        var content = ((ReadOnlySpan<byte>)body.Span).TrimStart(JsonFields.ByteOrderMark).TrimStart(" \t\r\n"u8);
        if (content.IsEmpty) return new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        // curl -d sends JSON as a form.
        var isJson = request.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) ?? true;
        if (!isJson && content[0] != '{') return UnsupportedMedia.Of(request.ContentType!, MediaTypes);
        if (FieldCharset.CheckJson(request.ContentType, body.Span) is { } notUtf8) return notUtf8;
        return JsonFields.Parse(body).TryGet(out var values, out var failure) ? values : failure with { Field = failure.Field ?? "the body", Bound = failure.Bound ?? "a JSON object" };
    }

    private static bool IsPicture(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase));
}
