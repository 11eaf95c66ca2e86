using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Http.Fields;

/// <summary>
/// Reads the fields of a request: a multipart form, or else by what the body is, for clients (curl -d among them) send JSON under any
/// content type. What the body lacks is taken from the query string.
/// </summary>
internal static class RequestReader
{
    /// <summary>Calls an endpoint with the request's fields and gives their memory back afterwards.</summary>
    public static async Task<IResult> WithFieldsAsync(
        HttpContext context, Func<RequestFields, Task<IResult>> serve, Func<Failure, IResult> refuse)
    {
        var body = await context.RequestServices.GetRequiredService<RequestBodies>().ReadAsync(context);
        try
        {
            var read = await FieldsAsync(context.Request, body.Content, context.RequestAborted);
            var answer = read.TryGet(out var fields, out var failure) ? await serve(fields) : refuse(failure);
            body.Dispose();
            return answer;
        }
        catch (BusyException e) when (e.Failure is not null)
        {
            body.Dispose(); // An answer as any other.
            throw;
        }
        catch
        {
            body.EndAfterFault();
            throw;
        }
    }

    private static async Task<Result<RequestFields>> FieldsAsync(HttpRequest request, Memory<byte> body, CancellationToken cancellationToken)
    {
        RequestFile? file = null;
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        Failure? failure;
        if (body.IsEmpty)
        {
            // All fields are in the query string.
        }
        else if (request.HasFormContentType && !IsUrlEncoded(request))
        {
            var parts = await MultipartBody.ReadAsync(request.ContentType, body, cancellationToken);
            if (!parts.TryGet(out var all, out failure)) return failure;
            if (!MultipartFields.File(all).TryGet(out file, out failure)) return failure;
            if (!MultipartFields.Of(all, request.ContentType).TryGet(out fields, out failure)) return failure;
        }
        else if (!InOnePiece(request, body).TryGet(out fields, out failure))
        {
            return failure;
        }

        return WithQuery(request, fields) is { } wrong ? wrong : new RequestFields(fields, file);
    }

    private static Result<Dictionary<string, FieldValue>> InOnePiece(HttpRequest request, Memory<byte> body)
    {
        if (IsUrlEncoded(request) && !StartsAsJson(body.Span)) return UrlEncodedFields.Parse(body, request.ContentType);
        return FieldCharset.WhyNotJson(request.ContentType, body.Span) is { } wrong ? wrong : JsonFields.Parse(body);
    }

    private static bool IsUrlEncoded(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsAsJson(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(JsonFields.ByteOrderMark)) body = body[JsonFields.ByteOrderMark.Length..];
        return body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    // What the body lacks is taken from the query string.
    private static Failure? WithQuery(HttpRequest request, Dictionary<string, FieldValue> fields)
    {
        if (!QueryFields.Parse(request.QueryString).TryGet(out var query, out var failure)) return failure;
        foreach (var (name, value) in query) fields.TryAdd(name, value);
        return null;
    }
}
