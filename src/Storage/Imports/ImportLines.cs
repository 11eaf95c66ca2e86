namespace ImageSearch.Storage.Imports;

/// <summary>Lines in one text column.</summary>
internal static class ImportLines
{
    /// <summary>Each line with its line break, so that texts can be concatenated.</summary>
    public static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>The first lines of all texts.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> texts, int count) =>
        [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Take(count)];
}
