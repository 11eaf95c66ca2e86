using System.Globalization;
using System.Net;
using System.Text;
using ImageSearch.Cli.Tables;

namespace ImageSearch.Cli.Search;

/// <summary>
/// Hits with their thumbnails as one page, which needs no other file. Texts are encoded, pictures are data, and the page itself forbids scripts
/// and requests.
/// </summary>
internal static class ContactSheet
{
    private const int MaxQueryBytes = 10_000_000;

    private const string Head =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>ImageSearch</title>
        <style>
        body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
        ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 1rem; list-style: none; padding: 0; }
        li { border: 1px solid #ccc; border-radius: 6px; padding: .6rem; overflow-wrap: anywhere; }
        img { display: block; max-width: 100%; max-height: 180px; margin: 0 auto .5rem; }
        .none { height: 180px; background: #eee; margin-bottom: .5rem; }
        small { color: #555; }
        </style>
        </head>
        <body>
        """;

    /// <summary>Writes a page.</summary>
    public static async Task WriteAsync(
        string path, string table, QueryPicture query, IReadOnlyList<SheetEntry> entries, CancellationToken cancellationToken)
    {
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"\n<h1>{Encode(table)}</h1>\n");
        if (await DataOfAsync(query, cancellationToken) is { } picture) page.Append(CultureInfo.InvariantCulture, $"<img src=\"{picture}\" alt=\"\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Encode(query.Text)}</p>\n<ol>\n");
        foreach (var entry in entries) Append(page, entry);
        page.Append("</ol>\n</body>\n</html>\n");
        await File.WriteAllTextAsync(path, page.ToString(), cancellationToken);
    }

    private static void Append(StringBuilder page, SheetEntry entry)
    {
        var hit = entry.Hit;
        page.Append("<li>");
        if (entry.Thumbnail is { } file && PictureTypes.IsShown(file.MediaType))
            page.Append(CultureInfo.InvariantCulture, $"<img src=\"{DataOf(file.MediaType, file.Bytes.Span)}\" alt=\"\">");
        else page.Append("<div class=\"none\"></div>");
        page.Append(CultureInfo.InvariantCulture, $"<b>{hit.Score:0.000}</b> {Encode(hit.Key ?? $"id {hit.Id}")}");
        foreach (var text in new[] { hit.ProductId, hit.Url ?? hit.Path, hit.Tags, hit.Brief, ItemText.Attributes(hit) }.Where(text => !string.IsNullOrEmpty(text)))
            page.Append(CultureInfo.InvariantCulture, $"<br><small>{Encode(text!)}</small>");
        page.Append("</li>\n");
    }

    private static async Task<string?> DataOfAsync(QueryPicture query, CancellationToken cancellationToken) =>
        query.File is { } file && PictureTypes.OfFile(file) is { } type && new FileInfo(file).Length <= MaxQueryBytes
            ? DataOf(type, await File.ReadAllBytesAsync(file, cancellationToken))
            : null;

    private static string DataOf(string mediaType, ReadOnlySpan<byte> bytes) => $"data:{mediaType};base64,{Convert.ToBase64String(bytes)}";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
