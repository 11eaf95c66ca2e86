using ImageSearch.Fetching.Http;
using ImageSearch.Memory;
using Microsoft.Win32.SafeHandles;

namespace ImageSearch.Fetching.Paths;

/// <summary>Reads pictures that lie on the server, for calls that name them by path; only below the configured roots.</summary>
/// <param name="roots">Normalized absolute folders.</param>
/// <param name="maxBytes">The largest file, in bytes.</param>
/// <param name="budget">Counts what is read.</param>
/// <param name="files">Opens files below the roots.</param>
internal sealed class PicturePath(IReadOnlyList<string> roots, int maxBytes, ByteBudget budget, IRootedFiles files)
{
    private const int LongestPath = 4096;

    // One answer for all that is not readable, or else it would tell which files the server has.
    private static readonly Failure Denied = new(
        FailureCode.PathDenied,
        "path names no picture file that may be read; it must be absolute and lie below a folder of the setting IMAGE_ROOTS");

    private readonly BodyLimit _limit = new(
        budget, maxBytes, new Failure(FailureCode.PathDenied, $"the file at path is larger than {maxBytes} bytes; give a smaller picture"));

    /// <summary>A reader for this platform.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static PicturePath Create(PicturePathOptions options, ByteBudget budget)
    {
        if (options.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(options));

        var roots = options.Roots.Select(RootedPath.Normalize).ToArray();
        IRootedFiles files = OperatingSystem.IsLinux() ? new LinuxRootedFiles(roots) : new PortableRootedFiles(roots);
        return new PicturePath(roots, options.MaxBytes, budget, files);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The client's text.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>
    /// The bytes, at least one, or <see cref="FailureCode.PathDenied"/>, alike for missing and denied, or <see cref="FailureCode.Busy"/>.
    /// </returns>
    public async Task<Result<LoadedPicture>> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (!IsWellFormed(path) || RootedPath.Normalize(path) is not { } full || !roots.Any(root => RootedPath.IsBelow(root, full)))
            return Denied;

        using var handle = files.Open(full);
        if (handle is null)
            return Denied;
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

    // A trailing separator asks for a folder.
    private static bool IsWellFormed([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? path) =>
        path is { Length: > 0 and <= LongestPath }
        && !path.Any(char.IsControl)
        && Path.IsPathFullyQualified(path)
        && !Path.EndsInDirectorySeparator(path)
        && !RootedPath.HasParentSegment(path);
}
