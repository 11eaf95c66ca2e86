using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// Reads the fields of a request: a multipart form by its content type, anything else by its first byte, since many clients (curl -d among
/// them) send JSON under any content type. Fields that the body lacks are taken from the query string.
/// </summary>
internal static class RequestReader
{
    /// <summary>Reads the body to its end and finds the fields in it.</summary>
    public static async Task<RequestFields> ReadAsync(HttpContext context)
    {
        var bodies = context.RequestServices.GetRequiredService<RequestBodies>();
        if (!(await bodies.ReadAsync(context)).TryGet(out var body, out var failure)) return RequestFields.Unreadable(failure);
        context.Response.RegisterForDispose(body);
        var read = await FieldsAsync(context.Request, body, context.RequestAborted);
        return read.TryGet(out var fields, out failure) ? fields : RequestFields.Unreadable(failure, body);
    }

    private static async Task<Result<RequestFields>> FieldsAsync(HttpRequest request, RequestBody body, CancellationToken cancellationToken)
    {
        RequestFile? file = null;
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        Failure? failure;
        if (body.Content.IsEmpty)
        {
            // All fields are in the query string.
        }
        else if (request.HasFormContentType && !IsUrlEncoded(request))
        {
            var parts = await MultipartBody.ReadAsync(request.ContentType, body.Content, cancellationToken);
            if (!parts.TryGet(out var all, out failure)) return failure;
            if (!MultipartFields.File(all, MultipartFields.FileField).TryGet(out file, out failure)) return failure;
            if (!MultipartFields.Of(all, request.ContentType).TryGet(out fields, out failure)) return failure;
        }
        else if (!WholeBody(request, body.Content).TryGet(out fields, out failure))
        {
            return failure;
        }

        return AddQuery(request, fields) is { } invalid ? invalid : new RequestFields(fields, file, body);
    }

    private static Result<Dictionary<string, FieldValue>> WholeBody(HttpRequest request, Memory<byte> body)
    {
        if (IsUrlEncoded(request) && !StartsAsJson(body.Span)) return UrlEncodedFields.Parse(body, request.ContentType);
        return FieldCharset.CheckJson(request.ContentType, body.Span) is { } invalid ? invalid : JsonFields.Parse(body);
    }

    private static bool IsUrlEncoded(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsAsJson(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(JsonFields.ByteOrderMark)) body = body[JsonFields.ByteOrderMark.Length..];
        return body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static Failure? AddQuery(HttpRequest request, Dictionary<string, FieldValue> fields)
    {
        if (!QueryFields.Parse(request.QueryString).TryGet(out var query, out var failure)) return failure;
        foreach (var (name, value) in query) fields.TryAdd(name, value);
        return null;
    }
}
