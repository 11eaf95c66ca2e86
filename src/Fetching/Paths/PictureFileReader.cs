using ImageSearch.Fetching.Http;
using ImageSearch.Memory;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>Reads pictures from files of the server, only below the configured roots.</summary>
public sealed class PictureFileReader
{
    /// <summary>The longest path, in characters.</summary>
    internal const int MaxPathLength = 4096;

    // One failure for every file that is not readable: several would reveal which files the server has.
    private static readonly Failure Denied = new(
        FailureCode.PathDenied,
        "path names no picture file that may be read; it must be absolute and lie below a folder of the setting IMAGE_ROOTS");

    private readonly IReadOnlyList<string> _roots;
    private readonly IRootedFiles _files;
    private readonly BodyLimit _limit;

    // The roots are normalized absolute folders.
    internal PictureFileReader(IReadOnlyList<string> roots, int maxBytes, ByteBudget budget, IRootedFiles files)
    {
        (_roots, _files) = (roots, files);
        _limit = new BodyLimit(
            budget, maxBytes, new Failure(FailureCode.PathDenied, $"the file at path is larger than {maxBytes} bytes; give a smaller picture"));
    }

    /// <summary>Creates a reader for this platform.</summary>
    /// <param name="options">The roots and the largest file.</param>
    /// <param name="budget">Counts the bytes of pictures until they are disposed of.</param>
    /// <exception cref="ArgumentException">An option is out of its bounds; names it.</exception>
    public static PictureFileReader Create(PicturePathOptions options, ByteBudget budget)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Problems().FirstOrDefault() is { } problem) throw new ArgumentException(problem, nameof(options));

        var roots = options.Roots.Select(RootedPath.Normalize).ToArray();
        return new PictureFileReader(roots, options.MaxBytes, budget, FilesOf(roots));
    }

    /// <summary>The files of this platform below roots.</summary>
    internal static IRootedFiles FilesOf(IReadOnlyList<string> roots) =>
        OperatingSystem.IsLinux() ? new LinuxRootedFiles(roots) : new PortableRootedFiles(roots);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The client's text.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>
    /// At least one byte; <see cref="FailureCode.PathDenied"/> if the file is missing, denied or too large; or
    /// <see cref="FailureCode.Busy"/>.
    /// </returns>
    public async Task<Result<LoadedPicture>> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (!IsWellFormed(path) || RootedPath.Normalize(path) is not { } full || !_roots.Any(root => RootedPath.IsBelow(root, full)))
        {
            return Denied;
        }

        using var handle = _files.Open(full);
        if (handle is null) return Denied;
        try
        {
            return await ReadAsync(handle, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Denied;
        }
    }

    private async Task<Result<LoadedPicture>> ReadAsync(SafeFileHandle handle, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (!(await PictureBody.ReadAsync(stream, stream.Length, _limit, cancellationToken)).TryGet(out var body, out var failure)) return failure;
        var picture = new LoadedPicture(body);
        if (!picture.Content.IsEmpty) return picture;
        picture.Dispose();
        return Denied;
    }

    // A path with a trailing separator names a folder.
    private static bool IsWellFormed([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? path) =>
        path is { Length: > 0 and <= MaxPathLength }
        && !path.Any(char.IsControl)
        && Path.IsPathFullyQualified(path)
        && !Path.EndsInDirectorySeparator(path)
        && !RootedPath.HasParentSegment(path);
}
