using System.Globalization;
using ImageSearch.Api.Security;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Cli.Migration;

/// <summary>
/// Pictures behind URLs made from a pattern with <c>{id}</c>, <c>{tags}</c> and <c>{brief}</c>. They are fetched as the service fetches: addresses
/// of inner networks only where FETCH_ALLOW names the host.
/// </summary>
internal sealed class UrlPictures(string pattern, PictureFetcher fetcher) : IRowPictures
{
    public async Task<Result<ReadOnlyMemory<byte>>> FindAsync(PythonRow row, CancellationToken cancellationToken) =>
        await fetcher.FetchAsync(Url(pattern, row), cancellationToken);

    /// <summary>The row's URL; a text that is the whole of it is taken as it is, one that is a part of it is escaped.</summary>
    public static string Url(string pattern, PythonRow row) => pattern switch
    {
        "{tags}" => row.Tags ?? "",
        "{brief}" => row.Brief ?? "",
        _ => pattern
            .Replace("{id}", row.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{tags}", Uri.EscapeDataString(row.Tags ?? ""), StringComparison.Ordinal)
            .Replace("{brief}", Uri.EscapeDataString(row.Brief ?? ""), StringComparison.Ordinal),
    };
}
