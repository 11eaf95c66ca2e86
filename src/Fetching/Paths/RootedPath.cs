namespace ImageSearch.Fetching.Paths;

/// <summary>Comparisons of paths by whole segments and exact case.</summary>
internal static class RootedPath
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether a segment is <c>..</c>.</summary>
    public static bool HasParentSegment(string path) => path.Split(Separators).Contains("..");

    /// <summary>The path without doubled separators, <c>.</c> segments and trailing separator. Reads no disk.</summary>
    public static string Normalize(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Whether a normalized path lies below a normalized root, by names alone; the root itself does not.</summary>
    public static bool IsBelow(string root, string path) =>
        path.Length > root.Length + 1
        && path.StartsWith(root, StringComparison.Ordinal)
        && path[root.Length] == Path.DirectorySeparatorChar;
}
