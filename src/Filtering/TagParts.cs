namespace ImageSearch.Filtering;

/// <summary>The parts of an item's tags, which are one text.</summary>
public static class TagParts
{
    /// <summary>Whether a part equals the text. Commas, semicolons, their full-width forms and white space separate parts.</summary>
    public static bool Contains(ReadOnlySpan<char> tags, ReadOnlySpan<char> text)
    {
        var start = 0;
        for (var i = 0; i <= tags.Length; i++)
        {
            if (i < tags.Length && !IsSeparator(tags[i])) continue;
            if (i > start && tags[start..i].SequenceEqual(text)) return true;
            start = i + 1;
        }

        return false;
    }

    /// <summary>Whether a text contains a separator, so that it is no part of any tags.</summary>
    public static bool HasSeparator(ReadOnlySpan<char> text)
    {
        foreach (var unit in text)
        {
            if (IsSeparator(unit)) return true;
        }

        return false;
    }

    private static bool IsSeparator(char unit) => unit is ',' or ';' or '，' or '；' || char.IsWhiteSpace(unit);
}
