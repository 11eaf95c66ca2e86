using System.Globalization;
using System.Text;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>
/// Writes the text of an event into its line. Requests, files and servers put what they like into such text, so whatever could begin
/// another line, speak to a terminal or change the order of what is read is escaped, and the length has a bound.
/// </summary>
public static class LogText
{
    /// <summary>UTF-8 bytes that one text may take; a line has two of them, the message and the exception, and is below 36 KB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Cut = "… (cut)";

    public static StringBuilder AppendEscaped(this StringBuilder line, string? text, int maxBytes = MaxBytes)
    {
        var bytes = 0;
        foreach (var rune in text.AsSpan().EnumerateRunes())
        {
            var escaped = IsUnsafe(rune.Value) ? Escape(rune.Value) : null;
            bytes += escaped?.Length ?? rune.Utf8SequenceLength;
            if (bytes > maxBytes) return line.Append(Cut);
            if (escaped is not null) line.Append(escaped);
            else line.Append(rune);
        }

        return line;
    }

    // C0, DEL and C1; the separators of lines and paragraphs; marks, embeddings, overrides and isolates of the bidirectional algorithm.
    private static bool IsUnsafe(int rune) =>
        rune is < 0x20 or (>= 0x7F and <= 0x9F) or 0x061C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static string Escape(int rune) => rune switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{rune:x4}"),
    };
}
