using ImageSearch.Fetching.Paths;
using ImageSearch.Memory;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Pictures whose rows have their paths, all below one folder. They are opened as the service opens paths that clients name: no <c>..</c>, no
/// link that leads out, only regular files.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="storedRoot">What the paths begin with where they lay on the old system; null: the folder itself, or nothing.</param>
internal sealed class PathPictures(DirectoryInfo folder, string? storedRoot) : IRowPictures
{
    private readonly PictureFileReader _files = PictureFileReader.Create(
        new PicturePathOptions { Roots = [folder.FullName] }, new ByteBudget(PicturesToEmbed.FetchedMegabytes));

    private readonly string? _storedRoot = storedRoot is null ? null : Plain(storedRoot).TrimEnd('/') + "/";

    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken)
    {
        // A path may hold anything, so no sentence repeats it.
        if (row.Texts.FirstOrDefault(text => text.IsPath).Text is not { } path || string.IsNullOrWhiteSpace(path)) return Refused("it has no path");
        var plain = Plain(path);
        if (_storedRoot is not null && !plain.StartsWith(_storedRoot, StringComparison.Ordinal)) return Refused("its path does not lie below --stored-root");
        string[] places = _storedRoot is not null
            ? [Path.Combine(folder.FullName, plain[_storedRoot.Length..].TrimStart('/'))]
            : [plain, Path.Combine(folder.FullName, plain.TrimStart('/'))];
        foreach (var place in places)
        {
            var found = await _files.ReadAsync(place, cancellationToken);
            if (found.TryGet(out var picture, out _)) return picture.Detach();
        }

        return Refused("the folder of pictures has no picture file at its path");
    }

    // The old system may have run on Windows.
    private static string Plain(string path) => path.Replace('\\', '/');

    private static Failure Refused(string reason) => new(FailureCode.PathDenied, reason);
}
