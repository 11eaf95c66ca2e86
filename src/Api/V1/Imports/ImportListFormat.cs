using System.Text;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Imports.Zips;
using Microsoft.Net.Http.Headers;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The format of a list, by the content type of its body.</summary>
/// <param name="Kind">The format.</param>
/// <param name="Charset">The charset of CSV, or of a ZIP's names; null for UTF-8.</param>
/// <param name="Folder">The folder; null for another format.</param>
internal sealed record ImportListFormat(ImportListKind Kind, Encoding? Charset, ImportFolder? Folder = null)
{
    /// <summary>What the body costs while it is received.</summary>
    public CallCost Cost => Kind is ImportListKind.Zip or ImportListKind.Folder ? CallCost.ReceiveZip : CallCost.Receive;

    /// <summary>Determines the format. Clients send NDJSON under any content type or none.</summary>
    /// <param name="request">The request, whose body is not read.</param>
    /// <param name="zipCharset">The parameter charset, which only a ZIP may have.</param>
    /// <param name="folder">The folder; null if the list is the body.</param>
    public static Result<ImportListFormat> Of(HttpRequest request, string? zipCharset, ImportFolder? folder)
    {
        var contentType = request.ContentType;
        var kind = folder is null ? KindOf(contentType) : ImportListKind.Folder;
        if (zipCharset is not null && kind != ImportListKind.Zip)
            return InvalidField.Of("charset", zipCharset, "given with a ZIP only; name the charset of a list in its Content-Type");
        if (zipCharset is not null)
        {
            if (!FieldCharset.Named(zipCharset).TryGet(out var named, out var unsafeCharset)) return unsafeCharset with { Field = "charset" };
            return named is null ? InvalidField.Of("charset", zipCharset, "a charset such as gbk") : new ImportListFormat(kind, named);
        }

        if (folder is not null) return ImportFolder.CheckBody(request) is { } conflict ? conflict : new ImportListFormat(kind, null, folder);
        if (kind != ImportListKind.Csv) return new ImportListFormat(kind, null);
        return FieldCharset.OfContentType(contentType).TryGet(out var encoding, out var failure) ? new ImportListFormat(kind, encoding) : failure;
    }

    /// <summary>Receives the list of a request.</summary>
    /// <returns>Null, or why the list is refused.</returns>
    public async Task<Failure?> ReceiveAsync(HttpContext context, ItemFields fields, BodyMemory memory, ImportReceiver receiver)
    {
        var aborted = context.RequestAborted;
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        if (Kind == ImportListKind.Zip)
        {
            using var zip = context.RequestServices.GetRequiredService<UploadFolder>().Create();
            return await zip.ReceiveAsync(context.Request, time)
                ?? await receiver.ReceiveAsync(new ZipList(zip, fields.OfZip(), memory, Charset).ReadAsync(aborted), aborted);
        }

        if (Folder is { } folder)
        {
            var grains = context.RequestServices.GetRequiredService<IGrainFactory>();
            return await receiver.ReceiveAsync(new FolderList(folder, grains, fields).ReadAsync(aborted), aborted);
        }

        using var deadline = new ItemDeadline(time, aborted);
        if (Kind == ImportListKind.Ndjson)
        {
            using var lines = new BodyLines(context.Request.BodyReader, memory, deadline.Token);
            return await receiver.ReceiveAsync(deadline.ReadAsync(new NdjsonList(lines, fields, context.Request.ContentType).ReadAsync()), aborted);
        }

        await using var body = new TimedBody(context.Request.Body, deadline.Token);
        return await receiver.ReceiveAsync(deadline.ReadAsync(new CsvList(body, fields, Charset ?? FieldCharset.Utf8).ReadAsync()), aborted);
    }

    private static ImportListKind KindOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return ImportListKind.Ndjson;
        return type.MediaType.Value!.ToLowerInvariant() switch
        {
            "text/csv" => ImportListKind.Csv,
            "application/zip" or "application/x-zip-compressed" or "application/x-zip" => ImportListKind.Zip,
            _ => ImportListKind.Ndjson,
        };
    }
}

/// <summary>The formats of lists.</summary>
internal enum ImportListKind
{
    /// <summary>A JSON object on each line.</summary>
    Ndjson,

    /// <summary>CSV whose first line names the columns.</summary>
    Csv,

    /// <summary>The pictures themselves, with or without a list.</summary>
    Zip,

    /// <summary>No body, but a folder of the silos.</summary>
    Folder,
}
