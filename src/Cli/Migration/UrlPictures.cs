using System.Globalization;
using ImageSearch.Fetching;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Fetches pictures from URLs of a pattern with <c>{id}</c> and the names of the row's texts in braces. The rules of the service apply:
/// addresses in private networks are allowed only if FETCH_ALLOW lists the host.
/// </summary>
internal sealed class UrlPictures(string pattern, PictureFetcher fetcher) : IRowPictures
{
    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PictureRow row, CancellationToken cancellationToken) =>
        (await fetcher.FetchAsync(Url(pattern, row), cancellationToken)).TryGet(out var picture, out var failure) ? picture.Detach() : failure;

    /// <summary>The URL of a row. A text is escaped unless it is the whole URL.</summary>
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

    // A path keeps its slashes unless it contains "..", which would leave the folder of the pattern.
    private static string EscapePath(string path)
    {
        var segments = path.TrimStart('/').Split('/');
        return segments.Any(segment => segment is "." or "..")
            ? Uri.EscapeDataString(path)
            : string.Join('/', segments.Select(Uri.EscapeDataString));
    }
}
