using System.Text;

namespace ImageSearch.Storage.Catalog.Attributes;

/// <summary>The range of texts, ordered by code points, that begin with a text.</summary>
internal static class TextPrefix
{
    /// <summary>Whether the text has no unpaired surrogates, which databases replace by another character.</summary>
    public static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsSurrogatePair(text, i)) return false;
            i++;
        }

        return true;
    }

    /// <summary>The least text that is greater than all texts with the prefix; null if there is none.</summary>
    public static string? End(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        var last = runes.FindLastIndex(rune => rune.Value != 0x10FFFF);
        if (last < 0) return null;

        // The code points of surrogates are those of no character.
        var next = runes[last].Value == 0xD7FF ? 0xE000 : runes[last].Value + 1;
        return string.Concat(runes.Take(last)) + new Rune(next);
    }
}
