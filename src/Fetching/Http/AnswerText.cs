using System.Text;

namespace ImageSearch.Fetching.Http;

/// <summary>Names answers that are marked texts: a page about the picture, or a host's complaint with status 200.</summary>
internal static class AnswerText
{
    // Servers put comments and empty lines before a page.
    private const int HeadBytes = 4096;

    private static readonly string[] PageBeginnings =
    [
        "<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<script", "<style", "<link", "<base", "<iframe", "<frameset", "<h1",
        "<h2", "<div", "<p>", "<p ", "<br", "<table", "<center", "<font", "<a ", "<b>", "<noscript", "<form", "<main", "<section",
    ];

    /// <summary>The failure that names the text; null where the bytes may be a picture.</summary>
    public static Failure? Refuse(ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty || Read(answer[..Math.Min(answer.Length, HeadBytes)]) is not { } text) return null;
        var content = WithoutPrologue(text);
        if (PageBeginnings.Any(each => content.StartsWith(each, StringComparison.OrdinalIgnoreCase)))
            return Named("a web page");
        if (content.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || content.StartsWith("<!doctype svg", StringComparison.OrdinalIgnoreCase))
            return null; // A drawing: what reads pictures names it.
        if (content is ['{' or '[', ..]) return Named("a JSON text");
        return text.TrimStart().StartsWith('<') ? Named("an XML text") : null;
    }

    private static Failure Named(string kind) => new(
        FailureCode.PictureTypeUnknown, $"the URL leads to {kind}, not to a picture; give the address of the picture itself");

    // Null: bytes that no text has.
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
