namespace ImageSearch;

/// <summary>Which files below a folder are listed.</summary>
/// <param name="Folder">The folder: one of IMAGE_ROOTS or below one, absolute.</param>
/// <param name="Pattern">What the paths relative to the folder must match; null for all files with the name of a picture.</param>
/// <param name="After"><see cref="FolderPage.Next"/> of the page before; null for the first.</param>
/// <param name="Count">Maximum number of files.</param>
[GenerateSerializer, Immutable]
public sealed record FolderQuery(string Folder, string? Pattern, string? After, int Count)
{
    /// <summary>Maximum length of a pattern, in characters.</summary>
    public const int MaxPatternLength = 256;

    /// <summary>Maximum files on a page.</summary>
    public const int MaxCount = 10_000;
}

/// <summary>Some files of a folder. A page without files is not the last one if it has a next.</summary>
/// <param name="Paths">Paths relative to the folder, separated by slashes, in an order that does not change.</param>
/// <param name="Next">What to pass for the next page; null at the end.</param>
[GenerateSerializer, Immutable]
public sealed record FolderPage(IReadOnlyList<string> Paths, string? Next);
