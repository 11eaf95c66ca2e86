using System.Globalization;
using System.Text;

namespace ImageSearch.ServiceDefaults.Logs;

/// <summary>
/// Writes the text of an event into its line. Requests, files and servers control parts of such text, so line breaks, terminal escapes and
/// bidirectional controls are escaped, and the length is limited.
/// </summary>
public static class LogText
{
    /// <summary>Maximum UTF-8 bytes of one text. A line has two, the message and the exception, and stays below 36 KB.</summary>
    public const int MaxBytes = 16 * 1024;

    private const string Cut = "… (cut)";

    /// <summary>Appends a text with control characters escaped.</summary>
    /// <param name="line">The line.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxBytes">Maximum UTF-8 bytes; the rest is cut off.</param>
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

    // C0, DEL and C1; line and paragraph separators; bidirectional marks, embeddings, overrides and isolates.
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
