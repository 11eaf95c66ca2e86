using System.Globalization;
using ImageSearch.Fetching;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Pictures behind URLs made from a pattern with <c>{id}</c> and the names of the row's texts in braces. They are fetched as the service fetches: addresses
/// of inner networks only where FETCH_ALLOW names the host.
/// </summary>
internal sealed class UrlPictures(string pattern, PictureFetcher fetcher) : IRowPictures
{
    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await fetcher.FetchAsync(Url(pattern, row), cancellationToken)).TryGet(out var picture, out var failure) ? picture.Detach() : failure;

    /// <summary>The row's URL; a text that is the whole of it is taken as it is, one that is a part of it is escaped.</summary>
    public static string Url(string pattern, PictureRow row)
    {
        var url = pattern.Replace("{id}", row.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        foreach (var (name, text, isPath) in row.Texts)
        {
            if (pattern == $"{{{name}}}") return text ?? "";
            url = url.Replace($"{{{name}}}", isPath ? EscapePath(text ?? "") : Uri.EscapeDataString(text ?? ""), StringComparison.Ordinal);
        }

        return url;
    }

    // A path keeps its slashes, unless it climbs: it would then leave the folder that the pattern names.
    private static string EscapePath(string path)
    {
        var segments = path.TrimStart('/').Split('/');
        return segments.Any(segment => segment is "." or "..")
            ? Uri.EscapeDataString(path)
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }
}
