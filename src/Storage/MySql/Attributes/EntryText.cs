namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>
/// Texts of entries. The service stores no longer values than the column holds, but a shop's own SQL may; such a value has an entry of its
/// beginning, and lookups cut what they look for in the same way.
/// </summary>
internal static class EntryText
{
    /// <summary>The width of the column, in Unicode characters.</summary>
    public const int MaxLength = AttributeDefinition.MaxStringLength;

    /// <summary>The text, or its first characters if it is too long.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxLength) return text;
        var end = 0;
        for (var count = 0; count < MaxLength && end < text.Length; count++) end += IsPair(text, end) ? 2 : 1;
        return text[..end];
    }

    /// <summary>Whether an entry with this text may be the beginning of a longer value.</summary>
    public static bool MayBeCut(string text) => text.Length >= MaxLength;

    private static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
