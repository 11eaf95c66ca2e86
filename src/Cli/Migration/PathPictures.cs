using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Finds pictures below a folder by the paths of their rows. It opens files with the rules of the service for paths of clients: no
/// <c>..</c>, no links out of the folder, only regular files.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="storedRoot">The prefix of the stored paths on the old system; null if paths start with the folder or are relative to it.</param>
internal sealed class PathPictures(DirectoryInfo folder, string? storedRoot) : IRowPictures
{
    private readonly PictureFileReader _files = PictureFileReader.Create(
        new PicturePathOptions { Roots = [folder.FullName] }, new ByteBudget(PicturesToEmbed.FetchedMegabytes));

    private readonly string? _storedRoot = storedRoot is null ? null : Normalize(storedRoot).TrimEnd('/') + "/";

    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken)
    {
        // A path can contain anything, so error messages do not repeat it.
        if (row.Texts.FirstOrDefault(text => text.IsPath).Text is not { } path || string.IsNullOrWhiteSpace(path)) return Reject("it has no path");
        var normalized = Normalize(path);
        if (_storedRoot is not null && !normalized.StartsWith(_storedRoot, StringComparison.Ordinal)) return Reject("its path is not below --stored-root");
        string[] candidates = _storedRoot is not null
            ? [Path.Combine(folder.FullName, normalized[_storedRoot.Length..].TrimStart('/'))]
            : [normalized, Path.Combine(folder.FullName, normalized.TrimStart('/'))];
        foreach (var candidate in candidates)
        {
            var found = await _files.ReadAsync(candidate, cancellationToken);
            if (found.TryGet(out var picture, out _)) return picture.Detach();
        }

        return Reject("the folder of pictures has no picture at its path");
    }

    // The old system may have run on Windows.
    private static string Normalize(string path) => path.Replace('\\', '/');

    private static Failure Reject(string reason) => new(FailureCode.PathDenied, reason);
}
