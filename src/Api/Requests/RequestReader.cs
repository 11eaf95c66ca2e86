using ImageSearch.Api.Limits;

namespace ImageSearch.Api.Requests;

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
        if (body.IsEmpty) return new RequestFields(WithQuery(request, []));
        if (request.HasFormContentType && !IsUrlEncoded(request)) return await FromMultipartAsync(request, body, cancellationToken);
        var parsed = IsUrlEncoded(request) && !StartsAsJson(body.Span) ? UrlEncodedFields.Parse(body) : JsonFields.Parse(body);
        return parsed.TryGet(out var fields, out var failure) ? new RequestFields(WithQuery(request, fields)) : failure;
    }

    private static bool IsUrlEncoded(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsAsJson(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(JsonFields.ByteOrderMark)) body = body[JsonFields.ByteOrderMark.Length..];
        return body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static async Task<Result<RequestFields>> FromMultipartAsync(HttpRequest request, Memory<byte> body, CancellationToken cancellationToken)
    {
        var read = await MultipartBody.ReadAsync(request.ContentType, body, cancellationToken);
        if (!read.TryGet(out var parts, out var failure)) return failure;
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        RequestFile? file = null;
        foreach (var part in parts)
        {
            if (!part.IsFile) fields[part.Name] = FieldValue.FromForm(part.Content);
            else if (part.Name.Equals("file", StringComparison.OrdinalIgnoreCase)) file ??= new RequestFile(part.Content);
        }

        return new RequestFields(WithQuery(request, fields), file);
    }

    private static Dictionary<string, FieldValue> WithQuery(HttpRequest request, Dictionary<string, FieldValue> fields)
    {
        foreach (var (name, value) in request.Query) fields.TryAdd(name, FieldValue.FromForm(value.ToString()));
        return fields;
    }
}
