using System.Text;

namespace ImageSearch.Cli.Terminal;

/// <summary>Texts of a service or a file name for a terminal, which would run their escape sequences.</summary>
internal static class SafeText
{
    /// <summary>The text in one line, with spaces in place of control characters and of those that change the direction of writing.</summary>
    public static string Of(string? text)
    {
        if (text is null) return "";
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsUnsafe(text[i])) continue;
            clean ??= new StringBuilder(text);
            clean[i] = ' ';
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>A text of several lines.</summary>
    public static string Lines(string text) => string.Join('\n', text.Split('\n').Select(Of));

    private static bool IsUnsafe(char character) =>
        char.IsControl(character)
        || character is '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
