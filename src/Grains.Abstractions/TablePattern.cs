namespace ImageSearch;

/// <summary>
/// Which tables an API key may use: the name of a table, or a prefix and <c>*</c>. <c>shop1_*</c> covers all tables whose name begins with
/// <c>shop1_</c>, also those that do not exist yet; <c>*</c> covers all.
/// </summary>
public static class TablePattern
{
    /// <summary>Maximum number of patterns of a key.</summary>
    public const int MaxCount = 64;

    private const char Any = '*';

    /// <summary>Whether a text is a pattern.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is "*" || TableName.Parse(StemOf(text)).Failure is null;
    }

    /// <summary>Whether a pattern is a prefix.</summary>
    public static bool IsPrefix(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.EndsWith(Any);
    }

    /// <summary>The name of an exact pattern, or the prefix of the other ones.</summary>
    public static string StemOf(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return IsPrefix(pattern) ? pattern[..^1] : pattern;
    }

    /// <summary>Whether a pattern covers a table.</summary>
    public static bool Covers(string pattern, string table)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(table);
        return IsPrefix(pattern) ? table.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : pattern == table;
    }

    /// <summary>Whether one of the patterns covers a table.</summary>
    public static bool AnyCovers(IReadOnlyList<string> patterns, string table)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        for (var i = 0; i < patterns.Count; i++)
        {
            if (Covers(patterns[i], table)) return true;
        }

        return false;
    }

    /// <summary>
    /// The patterns in the order of the tables that they cover, without those that another one covers: no table is covered by two, so the
    /// tables of one pattern after those of the other are in order of name.
    /// </summary>
    public static IReadOnlyList<string> Disjoint(IEnumerable<string> patterns)
    {
        var distinct = patterns.Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. distinct.Where(pattern => !distinct.Exists(other => other != pattern && IsPrefix(other) && Covers(other, StemOf(pattern))))
                .OrderBy(StemOf, StringComparer.Ordinal),
        ];
    }
}
