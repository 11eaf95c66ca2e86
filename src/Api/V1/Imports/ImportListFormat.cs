using System.Text;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The format of a list, by the content type of its body.</summary>
/// <param name="Csv">The charset of CSV; null for NDJSON, which is UTF-8.</param>
internal sealed record ImportListFormat(Encoding? Csv)
{
    private static readonly ImportListFormat Ndjson = new((Encoding?)null);

    /// <summary>CSV for <c>text/csv</c>. Everything else is NDJSON: clients send it under any content type or none.</summary>
    public static Result<ImportListFormat> Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
            return Ndjson;
        return FieldCharset.OfContentType(contentType).TryGet(out var encoding, out var failure)
            ? new ImportListFormat(encoding ?? FieldCharset.Utf8)
            : failure;
    }

    /// <summary>Receives the list of a request.</summary>
    /// <returns>Null, or why the list is refused.</returns>
    public async Task<Failure?> ReceiveAsync(HttpContext context, ItemFields fields, BodyMemory memory, ImportReceiver receiver)
    {
        var aborted = context.RequestAborted;
        using var deadline = new ItemDeadline(context.RequestServices.GetRequiredService<TimeProvider>(), aborted);
        if (Csv is null)
        {
            using var lines = new BodyLines(context.Request.BodyReader, memory, deadline.Token);
            return await receiver.ReceiveAsync(deadline.ReadAsync(new NdjsonList(lines, fields, context.Request.ContentType).ReadAsync()), aborted);
        }

        await using var body = new TimedBody(context.Request.Body, deadline.Token);
        return await receiver.ReceiveAsync(deadline.ReadAsync(new CsvList(body, fields, Csv).ReadAsync()), aborted);
    }
}
