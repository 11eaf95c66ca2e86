using System.Net;
using ImageSearch.Fetching.Guards;

namespace ImageSearch.Fetching;

/// <summary>What a client is told when a URL is not fetched. No sentence holds an address or a text of the network's.</summary>
internal static class FetchFailures
{
    /// <summary>The text is no URL of a kind that is fetched.</summary>
    public static Failure NotAUrl { get; } =
        new(FailureCode.UrlInvalid, "url must be a complete http or https address such as https://shop.example/shoe.jpg");

    /// <summary>The URL is longer than any that is fetched.</summary>
    public static Failure TooLong { get; } =
        new(FailureCode.UrlInvalid, $"url is longer than {FetchTarget.MaxUrlLength} characters; send a shorter one or the picture itself");

    /// <summary>The URL holds a user name.</summary>
    public static Failure UserInfo { get; } = new(FailureCode.UrlInvalid, "url must not hold a user name or password; leave them out");

    /// <summary>The port is neither standard nor listed.</summary>
    public static Failure Port { get; } =
        new(FailureCode.UrlForbidden, "url may use ports 80 and 443 only; ask the operator to list host:port in the setting FETCH_ALLOW");

    /// <summary>
    /// The address is not allowed or the name has none. One answer for both, or else it would tell which names the inner network has.
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

    /// <summary>A redirect that does not say where to.</summary>
    public static Failure NoLocation { get; } =
        new(FailureCode.UrlUnreachable, "url is redirected without saying where to; give the address of the picture itself") { IsLasting = true };

    /// <summary>All places are taken and none came free in time.</summary>
    public static Failure Busy { get; } = new(FailureCode.Busy, "too many pictures are being fetched; try again in a few seconds");

    /// <summary>The same failure, said of a redirect's target.</summary>
    public static Failure AfterRedirect(this Failure failure) =>
        failure with { Message = $"url is redirected, and the address it leads to is refused: {failure.Message}" };

    /// <summary>An answer other than 200.</summary>
    public static Failure Status(HttpStatusCode status) =>
        new(FailureCode.UrlUnreachable, $"url's host answered with HTTP status {(int)status}; only 200 brings a picture") { IsLasting = IsLasting(status) };

    /// <summary>A body over the limit.</summary>
    public static Failure TooLarge(int maxBytes) =>
        new(FailureCode.UrlTooLarge, $"the file behind url is larger than {maxBytes} bytes; give a smaller picture");

    /// <summary>The time is over.</summary>
    public static Failure Timeout(TimeSpan limit) =>
        new(FailureCode.UrlTimeout, $"fetching url took longer than {limit.TotalSeconds:0.###} s; try again or send the picture itself");

    /// <summary>A fault of the connection or of the answer's form.</summary>
    public static Failure Unreachable(HttpRequestError error) => new(FailureCode.UrlUnreachable, error switch
    {
        HttpRequestError.SecureConnectionError => "url's host has no valid certificate for its name; check the address",
        HttpRequestError.ResponseEnded => "url's host broke off its answer; try again or send the picture itself",
        HttpRequestError.ConfigurationLimitExceeded => "url's host answered with headers that are too long; send the picture itself",
        HttpRequestError.InvalidResponse => "url's host did not answer in HTTP; check the address",
        _ => "url's host can't be reached; check that the address opens from elsewhere and try again",
    });

    // The others of 4xx say that the request is wrong: it would be as wrong again.
    private static bool IsLasting(HttpStatusCode status) => (int)status is >= 400 and < 500 && status
        is not (HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests);
}
