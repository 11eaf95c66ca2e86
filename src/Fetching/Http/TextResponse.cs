using System.Text;

namespace ImageSearch.Fetching.Http;

/// <summary>Recognizes responses that are markup or JSON: a page about the picture, or an error message with status 200.</summary>
internal static class TextResponse
{
    // Some servers send comments and empty lines before a page.
    private const int HeadBytes = 4096;

    private static readonly string[] PageStarts =
    [
        "<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<link", "<base", "<iframe", "<frameset", "<h1",
        "<h2", "<div", "<p>", "<p ", "<br", "<table", "<center", "<font", "<a ", "<b>", "<noscript", "<form", "<main", "<section",
    ];

    /// <summary>Returns a failure that names the kind of text; null if the bytes may be a picture.</summary>
    public static Failure? Check(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || Read(body[..Math.Min(body.Length, HeadBytes)]) is not { } text) return null;
        var content = WithoutPrologue(text);
        if (PageStarts.Any(each => content.StartsWith(each, StringComparison.OrdinalIgnoreCase)))
            return NotAPicture("a web page");
        if (content.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || content.StartsWith("<!doctype svg", StringComparison.OrdinalIgnoreCase))
            return null; // A drawing: the decoder reports it as an unknown type.
        if (content is ['{' or '[', ..]) return NotAPicture("a JSON text");
        return text.TrimStart().StartsWith('<') ? NotAPicture("an XML text") : null;
    }

    private static Failure NotAPicture(string kind) => new(
        FailureCode.PictureTypeUnknown, $"the URL leads to {kind}, not to a picture; give the address of the picture itself");

    // Null if there are bytes that do not occur in text.
    private static string? Read(ReadOnlySpan<byte> head)
    {
        var text = head switch
        {
            [0xff, 0xfe, ..] => Encoding.Unicode.GetString(head[2..]),
            [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(head[2..]),
            [0xef, 0xbb, 0xbf, ..] => Encoding.Latin1.GetString(head[3..]),
            _ => Encoding.Latin1.GetString(head),
        };
        text = text.TrimStart('\ufeff');
        return text.Any(each => each < ' ' && each is not ('\t' or '\n' or '\r' or '\f')) ? null : text;
    }

    private static string WithoutPrologue(string text)
    {
        var rest = text.TrimStart();
        while (true)
        {
            var close = rest.StartsWith("<!--", StringComparison.Ordinal) ? "-->" : rest.StartsWith("<?", StringComparison.Ordinal) ? "?>" : null;
            if (close is null || rest.IndexOf(close, StringComparison.Ordinal) is not (>= 0 and var end)) return rest;
            rest = rest[(end + close.Length)..].TrimStart();
        }
    }
}
