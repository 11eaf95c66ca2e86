namespace ImageSearch.Fetching.Paths;

/// <summary>Which of the server's files clients may name.</summary>
internal sealed class PicturePathOptions
{
    /// <summary>
    /// Folders whose files may be named; none refuses every path. Setting IMAGE_ROOTS, see <see cref="SplitRoots"/>.
    /// A root may itself be a link; what counts is where it leads when a file is read.
    /// </summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The largest file, in bytes, 1..1,073,741,824; default 20 MiB.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Splits the setting at commas and at the platform's path separator (colon; on Windows semicolon).</summary>
    public static IReadOnlyList<string> SplitRoots(string? setting) =>
        (setting ?? string.Empty).Split(
            [',', Path.PathSeparator], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with the values, one sentence each that names setting and value; nothing where all is well.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxBytes is < 1 or > 1 << 30)
            yield return $"PicturePath: {nameof(MaxBytes)} is {MaxBytes} but must lie in 1..{1 << 30}";

        foreach (var root in Roots)
        {
            if (!Path.IsPathFullyQualified(root) || RootedPath.HasParentSegment(root))
                yield return $"IMAGE_ROOTS: '{root}' must be an absolute path without '..'";
            else if (RootedPath.Normalize(root) == Path.GetPathRoot(root))
                yield return $"IMAGE_ROOTS: '{root}' is the whole disk; name the folders that hold pictures";
        }
    }
}
