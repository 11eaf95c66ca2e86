using System.Globalization;
using ImageSearch.Cli.Tables;
using ImageSearch.Cli.Terminal;
using ImageSearch.Embedding;

namespace ImageSearch.Cli.Search;

/// <summary>Prints hits: a table, or where their thumbnails are shown each one below its thumbnail.</summary>
internal static class HitText
{
    private const int LinesOfThumbnail = 6;
    private const string Gap = "  ";

    private static readonly string[] Columns = ["score", "distance", "id", "key", "product", "path", "tags", "attributes"];

    /// <summary>Prints hits as a table.</summary>
    public static void WriteTable(CommandOutput output, IReadOnlyList<Client.Search.Hit> hits)
    {
        var rows = new TextTable(Columns);
        foreach (var hit in hits) rows.Add(Cells(hit));
        rows.WriteTo(output);
    }

    /// <summary>Prints hits with their thumbnails, or a table if there are none.</summary>
    public static void Write(CommandOutput output, IReadOnlyList<SheetEntry> entries)
    {
        // What a terminal decodes is a picture that this program has encoded, never bytes of the service.
        var pictures = entries.Select(entry => entry.Thumbnail is { } file ? JpegThumbnail.Of(file.Bytes).Value : null).ToList();
        if (pictures.TrueForAll(picture => picture is null))
        {
            WriteTable(output, [.. entries.Select(entry => entry.Hit)]);
            return;
        }

        foreach (var (entry, picture) in entries.Zip(pictures))
        {
            if (picture is not null) InlinePicture.Write(output.Out, picture, LinesOfThumbnail);
            output.Line(string.Join(Gap, Columns.Zip(Cells(entry.Hit)).Where(cell => !string.IsNullOrEmpty(cell.Second)).Select(cell => $"{cell.First} {cell.Second}")));
        }
    }

    private static string?[] Cells(Client.Search.Hit hit) =>
    [
        hit.Score?.ToString("0.0000", CultureInfo.InvariantCulture), hit.Distance?.ToString("0.0000", CultureInfo.InvariantCulture),
        hit.Id.ToString(CultureInfo.InvariantCulture), hit.Key, hit.ProductId, hit.Url ?? hit.Path, hit.Tags, ItemText.Attributes(hit),
    ];
}
