namespace ImageSearch.Fetching.Paths;

/// <summary>Which files of the server clients can name.</summary>
public sealed class PicturePathOptions
{
    /// <summary>
    /// Folders with files that clients can name; if empty, every path is rejected. Setting IMAGE_ROOTS, see <see cref="SplitRoots"/>.
    /// A root can be a link: it is resolved whenever a file is read.
    /// </summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>The largest file, in bytes, 1..1,073,741,824; default <see cref="PictureLoader.MaxPictureBytes"/>.</summary>
    public int MaxBytes { get; init; } = PictureLoader.MaxPictureBytes;

    /// <summary>Splits the value of IMAGE_ROOTS at commas and at the platform's path separator (colon; on Windows semicolon).</summary>
    public static IReadOnlyList<string> SplitRoots(string? setting) =>
        (setting ?? string.Empty).Split(
            [',', Path.PathSeparator], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The errors in the values, one sentence each with the setting and the value; empty if there are none.</summary>
    public IEnumerable<string> Problems()
    {
        if (MaxBytes is < 1 or > PictureFetchOptions.GreatestMaxBytes)
            yield return $"PicturePath: {nameof(MaxBytes)} is {MaxBytes}, must be 1..{PictureFetchOptions.GreatestMaxBytes}";

        foreach (var root in Roots)
        {
            if (!Path.IsPathFullyQualified(root) || RootedPath.HasParentSegment(root))
                yield return $"IMAGE_ROOTS: '{root}' must be an absolute path without '..'";
            else if (RootedPath.Normalize(root) == Path.GetPathRoot(root))
                yield return $"IMAGE_ROOTS: '{root}' is the whole disk; name the folders that hold pictures";
        }
    }
}
