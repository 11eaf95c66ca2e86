namespace ImageSearch.Filtering.Text;

/// <summary>Orders texts by code points, as UTF-8 bytes and both catalogs do.</summary>
internal static class CodePoints
{
    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var common = a.CommonPrefixLength(b);
        return common == a.Length || common == b.Length ? a.Length.CompareTo(b.Length) : Rank(a[common]) - Rank(b[common]);
    }

    // UTF-16 has the surrogates, which stand for the greatest code points, below U+E000..U+FFFF.
    private static int Rank(char unit) => unit < 0xD800 ? unit : unit < 0xE000 ? unit + 0x2000 : unit - 0x800;
}
