namespace ImageSearch.Fetching.Guards;

/// <summary>A URL whose form, port and host's form are checked; its address is not yet.</summary>
/// <param name="Uri">The absolute URL.</param>
/// <param name="Host">The host.</param>
/// <param name="IsListed">Whether FETCH_ALLOW names host and port, so that the address is not judged.</param>
internal sealed record FetchTarget(Uri Uri, FetchHost Host, bool IsListed)
{
    /// <summary>The longest URL that is fetched, in UTF-16 characters: presigned ones are longer than 1,000.</summary>
    public const int MaxUrlLength = 8192;

    /// <summary>The ports that are fetched from without being listed.</summary>
    public static IReadOnlyList<int> StandardPorts { get; } = [80, 443];

    /// <summary>Checks a client's URL.</summary>
    /// <returns>The target, <see cref="FailureCode.UrlInvalid"/> or, for the port, <see cref="FailureCode.UrlForbidden"/>.</returns>
    public static Result<FetchTarget> Parse(string? url, FetchAllowList allow)
    {
        var text = url?.Trim() ?? string.Empty;
        if (text.Length > MaxUrlLength) return FetchFailures.TooLong;
        return !text.Any(char.IsControl) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? Check(uri, allow)
            : FetchFailures.NotAUrl;
    }

    /// <summary>Checks where a redirect of this target leads.</summary>
    /// <param name="location">The header's value, relative or absolute.</param>
    /// <param name="allow">The hosts allowed all the same.</param>
    /// <returns>The new target or a failure of <see cref="Parse"/>; also forbidden is the way back from https to http.</returns>
    public Result<FetchTarget> Redirect(string location, FetchAllowList allow)
    {
        if (location.Length > MaxUrlLength || location.Any(char.IsControl) || !Uri.TryCreate(Uri, location, out var next))
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
