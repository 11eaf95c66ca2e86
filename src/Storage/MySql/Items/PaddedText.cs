using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.MySql.Items;

/// <summary>
/// Bounds for columns of the collation utf8mb4_bin, which compares a shorter text as if spaces followed it: control characters, which are
/// less than a space, put a longer text before its own beginning. The bounds include all texts that code points would include.
/// </summary>
internal static class PaddedText
{
    // No less than any column's width.
    private const int MaxLength = 256;

    /// <summary>A bound that no text is below that is equal to or greater than this one.</summary>
    public static string LowerBound(string text) => text.PadRight(MaxLength, '\0');

    /// <summary>The operator of an upper bound.</summary>
    public static string Below(ValueBound bound)
    {
        var text = bound.Value.Text!;
        return bound.Inclusive || text.EndsWith(' ') || UpperBound(text).Length < text.Length ? "<=" : "<";
    }

    /// <summary>A bound that no text is above that is equal to or less than this one.</summary>
    public static string UpperBound(string text)
    {
        var control = text.AsSpan().IndexOfAnyInRange('\0', '\u001F');
        return control < 0 ? text : text[..control];
    }
}
