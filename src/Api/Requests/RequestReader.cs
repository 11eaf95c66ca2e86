using ImageSearch.Api.Limits;
using Microsoft.AspNetCore.Http.Features;

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
        var request = context.Request;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(RequestLimits.BodyDeadline);
        if (request.HasFormContentType && !IsUrlEncoded(request)) return await FromMultipartAsync(context, serve, refuse, deadline.Token);

        using var body = await RequestBody.ReadAsync(request, deadline.Token);
        RequestPlace.Begin(context);
        if (body.Content.IsEmpty) return await serve(new RequestFields(WithQuery(request, [])));
        var parsed = IsUrlEncoded(request) && !StartsAsJson(body.Content.Span) ? UrlEncodedFields.Parse(body.Content) : JsonFields.Parse(body.Content);
        return parsed.TryGet(out var fields, out var failure)
            ? await serve(new RequestFields(WithQuery(request, fields)))
            : refuse(failure);
    }

    private static bool IsUrlEncoded(HttpRequest request) =>
        request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool StartsAsJson(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(JsonFields.ByteOrderMark)) body = body[JsonFields.ByteOrderMark.Length..];
        return body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }

    private static async Task<IResult> FromMultipartAsync(
        HttpContext context, Func<RequestFields, Task<IResult>> serve, Func<Failure, IResult> refuse, CancellationToken cancellationToken)
    {
        var request = context.Request;
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(FormLimits, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            return refuse(new Failure(FailureCode.RequestInvalid, $"the form can't be read: {e.Message}"));
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return refuse(new Failure(FailureCode.RequestInvalid, "the form can't be read: it ends without its closing boundary"));
        }

        RequestPlace.Begin(context);
        var fields = form.ToDictionary(field => field.Key, field => FieldValue.FromForm(field.Value.ToString()), StringComparer.Ordinal);
        var file = form.Files.GetFile("file");
        return await serve(new RequestFields(WithQuery(request, fields), file is null ? null : await ReadFileAsync(file, cancellationToken)));
    }

    private static async Task<RequestFile> ReadFileAsync(IFormFile file, CancellationToken cancellationToken)
    {
        var content = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(content, cancellationToken);
        return new RequestFile(content);
    }

    private static Dictionary<string, FieldValue> WithQuery(HttpRequest request, Dictionary<string, FieldValue> fields)
    {
        foreach (var (name, value) in request.Query) fields.TryAdd(name, FieldValue.FromForm(value.ToString()));
        return fields;
    }

    // A picture stays in memory: no temporary file on the way. Base64 in a form is one long value.
    private static FormOptions FormLimits => new()
    {
        MemoryBufferThreshold = RequestLimits.MaxBodyBytes,
        BufferBodyLengthLimit = RequestLimits.MaxBodyBytes,
        MultipartBodyLengthLimit = RequestLimits.MaxBodyBytes,
        ValueLengthLimit = RequestLimits.MaxBodyBytes,
        ValueCountLimit = 64,
        KeyLengthLimit = 256,
        MultipartHeadersCountLimit = 16,
    };
}
