using System.Net;

namespace ImageSearch.Fetching;

/// <summary>
/// The failures that clients see when a URL is not fetched. No message contains an IP address or an error text of the network.
/// </summary>
internal static class FetchFailures
{
    /// <summary>The text is not an absolute http or https URL.</summary>
    public static Failure NotAUrl { get; } =
        new(FailureCode.UrlInvalid, "url must be a complete http or https address such as https://shop.example/shoe.jpg");

    /// <summary>The URL is too long.</summary>
    public static Failure TooLong { get; } =
        new(FailureCode.UrlInvalid, $"url is longer than {PictureFetcher.MaxUrlLength} characters; send a shorter one or the picture itself");

    /// <summary>The URL contains a user name.</summary>
    public static Failure UserInfo { get; } = new(FailureCode.UrlInvalid, "url must not hold a user name or password; leave them out");

    /// <summary>The port is neither standard nor listed.</summary>
    public static Failure Port { get; } =
        new(FailureCode.UrlForbidden, "url may use ports 80 and 443 only; ask the operator to list host:port in the setting FETCH_ALLOW");

    /// <summary>
    /// The address is not allowed, or the name has no address. One failure for both: two would reveal which names exist in the internal
    /// network.
    /// </summary>
    public static Failure Address { get; } = new(
        FailureCode.UrlForbidden,
        "url's host is unknown or not on the public internet; check its name, or ask the operator to list it in the setting FETCH_ALLOW");

    /// <summary>A redirect from https to http.</summary>
    public static Failure Downgrade { get; } =
        new(FailureCode.UrlForbidden, "url must not lead from https to http; give the address that it leads to");

    /// <summary>A listed host that has no address.</summary>
    public static Failure NoAddress { get; } =
        new(FailureCode.UrlUnreachable, "url's host has no address at the moment; check its name and try again");

    /// <summary>More redirects than are followed.</summary>
    public static Failure TooManyRedirects { get; } =
        new(FailureCode.UrlUnreachable, "url is redirected too often; give the address that it finally leads to") { IsLasting = true };

    /// <summary>A redirect without a Location header.</summary>
    public static Failure NoLocation { get; } =
        new(FailureCode.UrlUnreachable, "url is redirected without saying where to; give the address of the picture itself") { IsLasting = true };

    /// <summary>No slot became free within the time limit.</summary>
    public static Failure Busy { get; } = new(FailureCode.Busy, "too many pictures are being fetched; try again in a few seconds");

    /// <summary>The same failure, for the target of a redirect.</summary>
    public static Failure AfterRedirect(this Failure failure) =>
        failure with { Message = $"url is redirected, and the address it leads to is refused: {failure.Message}" };

    /// <summary>A status other than 200.</summary>
    public static Failure Status(HttpStatusCode status) =>
        new(FailureCode.UrlUnreachable, $"url's host answered with HTTP status {(int)status}; only 200 brings a picture") { IsLasting = IsLasting(status) };

    /// <summary>A body over the limit.</summary>
    public static Failure TooLarge(int maxBytes) =>
        new(FailureCode.UrlTooLarge, $"the file behind url is larger than {maxBytes} bytes; give a smaller picture");

    /// <summary>The time limit has passed.</summary>
    public static Failure Timeout(TimeSpan limit) =>
        new(FailureCode.UrlTimeout, $"fetching url took longer than {limit.TotalSeconds:0.###} s; try again or send the picture itself");

    /// <summary>A failed connection or a malformed response.</summary>
    public static Failure Unreachable(HttpRequestError error) => new(FailureCode.UrlUnreachable, error switch
    {
        HttpRequestError.SecureConnectionError => "url's host has no valid certificate for its name; check the address",
        HttpRequestError.ResponseEnded => "url's host broke off its answer; try again or send the picture itself",
        HttpRequestError.ConfigurationLimitExceeded => "url's host answered with headers that are too long; send the picture itself",
        HttpRequestError.InvalidResponse => "url's host did not answer in HTTP; check the address",
        _ => "url's host can't be reached; check that the address opens from elsewhere and try again",
    });

    // Any other 4xx status means that the request itself is wrong, so a retry fails too.
    private static bool IsLasting(HttpStatusCode status) => (int)status is >= 400 and < 500 && status
        is not (HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests);
}
