using System.Diagnostics.CodeAnalysis;

namespace ImageSearch.Fetching.Paths;

/// <summary>Lists files of the server, only below the configured roots. Links to folders are not followed, and hidden names are left out.</summary>
public sealed class PictureFolderReader
{
    private static readonly string[] PictureNames = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".avif"];

    // One failure for every folder that is not listed: several would reveal which folders the server has.
    private static readonly Failure Denied = new(
        FailureCode.PathDenied,
        "folder names no folder that may be listed; it must be absolute, and be or lie below a folder of the setting IMAGE_ROOTS");

    private static readonly Failure InvalidPattern = new(
        FailureCode.RequestInvalid,
        $"pattern must be relative, without .. and at most {FolderQuery.MaxPatternLength} characters long, for instance **/*.jpg")
    {
        Field = "pattern",
    };

    private readonly IReadOnlyList<string> _roots;
    private readonly IRootedFiles _files;
    private readonly TimeProvider _time;

    // The roots are normalized absolute folders.
    internal PictureFolderReader(IReadOnlyList<string> roots, IRootedFiles files, TimeProvider time) => (_roots, _files, _time) = (roots, files, time);

    /// <summary>Creates a reader for this platform.</summary>
    /// <param name="options">The roots.</param>
    /// <param name="time">Measures how long a page takes.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds; names it.</exception>
    public static PictureFolderReader Create(PicturePathOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));
        var roots = options.Roots.Select(RootedPath.Normalize).ToArray();
        return new PictureFolderReader(roots, PictureFileReader.FilesOf(roots), time);
    }

    /// <summary>Lists a page.</summary>
    /// <returns>As <see cref="IPictureFolderGrain.ListAsync"/>.</returns>
    public Result<FolderPage> List(FolderQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var pattern = query.Pattern is null ? null : PathPattern.Parse(query.Pattern);
        if (query.Pattern is not null && pattern is null) return InvalidPattern;
        if (!IsWellFormed(query.Folder) || !_roots.Any(root => IsWithin(root, RootedPath.Normalize(query.Folder)))) return Denied;
        var walk = new FolderWalk(
            _files, RootedPath.Normalize(query.Folder), path => pattern is null ? HasPictureName(path) : pattern.Matches(path),
            Math.Clamp(query.Count, 1, FolderQuery.MaxCount), _time, cancellationToken);
        return walk.Run(query.After) switch
        {
            { IsTooSlow: true } => new Failure(FailureCode.Busy, "listing the folder takes too long; name a folder below it", RetryAfterSeconds: 60) { IsLasting = true },
            { IsDenied: true } => Denied,
            { TooDeep: { } below } => new Failure(FailureCode.PathDenied, $"the folder {below} below folder is too deep to be read; move it up"),
            var done => new FolderPage(done.Paths, done.Next),
        };
    }

    private static bool IsWithin(string root, string folder) => folder == root || RootedPath.IsBelow(root, folder);

    /// <summary>Whether a file has the name of a picture. Its bytes decide what it is.</summary>
    /// <param name="path">The file's name or path.</param>
    public static bool HasPictureName(string path) => PictureNames.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static bool IsWellFormed([NotNullWhen(true)] string? folder) =>
        folder is { Length: > 0 and <= PictureFileReader.MaxPathLength }
        && !folder.Any(char.IsControl)
        && Path.IsPathFullyQualified(folder)
        && !RootedPath.HasParentSegment(folder);
}
