namespace ImageSearch.Fetching.Guards;

/// <summary>A URL whose syntax, port and host name are checked; the address of its host is not checked yet.</summary>
/// <param name="Uri">The absolute URL.</param>
/// <param name="Host">The host.</param>
/// <param name="IsListed">Whether FETCH_ALLOW lists host and port; then the address is not checked.</param>
internal sealed record FetchTarget(Uri Uri, FetchHost Host, bool IsListed)
{
    /// <summary>The ports that are allowed for every host.</summary>
    public static IReadOnlyList<int> StandardPorts { get; } = [80, 443];

    /// <summary>Checks a client's URL.</summary>
    /// <returns>The target, <see cref="FailureCode.UrlInvalid"/> or, for the port, <see cref="FailureCode.UrlForbidden"/>.</returns>
    public static Result<FetchTarget> Parse(string? url, FetchAllowList allow)
    {
        var text = url?.Trim() ?? string.Empty;
        if (text.Length > PictureFetcher.MaxUrlLength) return FetchFailures.TooLong;
        return !text.Any(char.IsControl) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? Check(uri, allow)
            : FetchFailures.NotAUrl;
    }

    /// <summary>Checks the target of a redirect.</summary>
    /// <param name="location">The Location header, relative or absolute.</param>
    /// <param name="allow">The hosts that are allowed at any address and port.</param>
    /// <returns>The new target, or a failure as from <see cref="Parse"/>; a redirect from https to http is forbidden too.</returns>
    public Result<FetchTarget> Redirect(string location, FetchAllowList allow)
    {
        if (location.Length > PictureFetcher.MaxUrlLength || location.Any(char.IsControl) || !Uri.TryCreate(Uri, location, out var next))
            return FetchFailures.NotAUrl;
        return Uri.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp
            ? FetchFailures.Downgrade
            : Check(next, allow);
    }

    private static Result<FetchTarget> Check(Uri uri, FetchAllowList allow)
    {
        if ((uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || FetchHost.Of(uri) is not { } host)
            return FetchFailures.NotAUrl;
        if (uri.UserInfo.Length > 0)
            return FetchFailures.UserInfo;

        var isListed = allow.Contains(host.Name, uri.Port);
        return isListed || StandardPorts.Contains(uri.Port) ? new FetchTarget(uri, host, isListed) : FetchFailures.Port;
    }
}
