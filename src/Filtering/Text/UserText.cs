using System.Buffers;
using System.Globalization;
using System.Text;

namespace ImageSearch.Filtering.Text;

/// <summary>A client's text.</summary>
internal static class UserText
{
    /// <summary>Maximum number of characters of a client's text in a message.</summary>
    public const int MaxShown = 32;

    /// <summary>The beginning of a text for a message, without characters that change how a terminal or a page shows it.</summary>
    public static string Show(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(MaxShown + 1);
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MaxShown) return shown.Append('…').ToString();
            shown.Append(IsPrintable(rune) ? rune : Rune.ReplacementChar);
        }

        return shown.ToString();
    }

    /// <summary>The number of Unicode characters.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var _ in text.EnumerateRunes()) length++;
        return length;
    }

    /// <summary>Whether the text is well-formed UTF-16, so that UTF-8 has it too.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out _) != OperationStatus.Done) return false;
            text = text[(at + 2)..];
        }

        return true;
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
