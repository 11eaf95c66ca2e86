using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ImageSearch.Api.V1.Problems;

/// <summary>A client's text as an error repeats it.</summary>
internal static class PrintableText
{
    /// <summary>Maximum length of a repeated text, in UTF-16 characters.</summary>
    public const int MaxLength = 64;

    /// <summary>The text without control characters, cut to <see cref="MaxLength"/>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text)
    {
        if (text is null) return null;
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // Format characters change the direction of the text that follows.
            var isPrintable = !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;
            if (printable.Length + rune.Utf16SequenceLength >= MaxLength) return printable.Append('…').ToString();
            printable.Append(isPrintable ? rune.ToString() : "?");
        }

        return printable.ToString();
    }
}
