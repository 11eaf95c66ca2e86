using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Pictures;
using ImageSearch.Fetching;

namespace ImageSearch.Api.V1;

/// <summary>
/// The list of an import: a JSON object a line, <c>{"url" or "path", "key", "tags", "brief"}</c>. The whole list is checked before the
/// import begins, so a list with an error changes nothing.
/// </summary>
internal static class ImportList
{
    /// <summary>Pictures in one list: they are in memory until they are in the catalog.</summary>
    public const int MaxItems = 100_000;

    private static readonly string[] Fields = ["url", "path", "key", "tags", "brief"];

    /// <returns>The pictures, or the first line that is invalid and why.</returns>
    public static Result<IReadOnlyList<ImportItem>> Parse(Memory<byte> body)
    {
        var items = new List<ImportItem>();
        var keys = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var line = 1L; !body.IsEmpty; line++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var text = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (text.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (!Item(line, text).TryGet(out var item, out var failure))
                return new Failure(failure.Code, $"line {line}: {failure.Message}");
            if (!keys.TryAdd(item.Texts.Key!, line))
                return Invalid($"line {line}: its key is that of line {keys[item.Texts.Key!]}, and only one of the two could stay");
            if (items.Count == MaxItems) return Invalid($"line {line}: a list may have {MaxItems} pictures, send the others as another import");
            items.Add(item);
        }

        return items.Count > 0
            ? items
            : new Failure(FailureCode.RequestInvalid, """the list is empty: send a line for each picture, as {"url": "https://…", "key": "…"}""");
    }

    private static Result<ImportItem> Item(long line, Memory<byte> text)
    {
        if (!JsonFields.Parse(text).TryGet(out var values, out var failure)) return Invalid("it is not a JSON object in UTF-8, alone on its line");
        if (values.Keys.FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
            return Invalid($"the field {Printable(unknown)} is unknown, a line may have {string.Join(", ", Fields)}");
        var fields = new RequestFields(values);
        if (!fields.Trimmed("url", PictureFetcher.MaxUrlLength).TryGet(out var url, out failure)) return failure;
        if (!fields.Trimmed("path", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        if (!fields.Trimmed("key", PictureTexts.MaxKeyLength).TryGet(out var key, out failure)) return failure;
        if (!fields.Trimmed("tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out failure)) return failure;
        if (!fields.Trimmed("brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        if (url is null == path is null) return Invalid("it needs either url or path");
        var origin = url ?? path!;
        if (key is null && origin.EnumerateRunes().Count() > PictureTexts.MaxKeyLength)
            return Invalid($"without a key, url or path is the key and may have {PictureTexts.MaxKeyLength} characters: give the line a key");
        return new ImportItem(line, url, path, new PictureTexts(tags, brief, key ?? origin, StoredPath.Of(origin)));
    }

    // A message repeats only a short part of the client's text, without control characters.
    private static string Printable(string name) =>
        new([.. name.Take(32).Select(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' ? character : '?')]);

    private static Failure Invalid(string why) => new(FailureCode.RequestInvalid, why);
}
