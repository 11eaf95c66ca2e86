namespace ImageSearch.Fetching.Paths;

/// <summary>Compares paths by whole segments, case-sensitively.</summary>
internal static class RootedPath
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether a segment is <c>..</c>.</summary>
    public static bool HasParentSegment(string path) => path.Split(Separators).Contains("..");

    /// <summary>The path without doubled separators, <c>.</c> segments and trailing separator. Does not access the disk.</summary>
    public static string Normalize(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Whether a normalized path is below a normalized root, by names only. The root is not below itself.</summary>
    public static bool IsBelow(string root, string path) =>
        path.Length > root.Length + 1
        && path.StartsWith(root, StringComparison.Ordinal)
        && path[root.Length] == Path.DirectorySeparatorChar;
}
