using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching;

/// <summary>Limits of fetching pictures from URLs.</summary>
public sealed class PictureFetchOptions
{
    /// <summary>Default of <see cref="RedirectLimit"/>.</summary>
    public const int DefaultRedirects = 5;

    /// <summary>Minimum of <see cref="RedirectLimit"/>.</summary>
    public const int MinRedirects = 0;

    /// <summary>Maximum of <see cref="RedirectLimit"/>.</summary>
    public const int MaxRedirects = 20;

    // The upper bound of MaxBytes, of fetches and of server files: a picture is held in one buffer.
    internal const int GreatestMaxBytes = 1 << 30;

    /// <summary>Hosts that are fetched from at any address. Setting FETCH_ALLOW; default none.</summary>
    public FetchAllowList Allow { get; init; } = FetchAllowList.Empty;

    /// <summary>The largest file, in bytes, 1..1,073,741,824; default <see cref="PictureLoader.MaxPictureBytes"/>.</summary>
    public int MaxBytes { get; init; } = PictureLoader.MaxPictureBytes;

    /// <summary>Time for the whole fetch: waiting, redirects and body, 1 ms..5 min; default 10 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one address of a host before the next is tried, 1 ms..5 min; default 3 s.</summary>
    public TimeSpan DialLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Redirects that are followed. Setting FETCH_MAX_REDIRECTS, <see cref="MinRedirects"/>..<see cref="MaxRedirects"/>; default
    /// <see cref="DefaultRedirects"/>.
    /// </summary>
    public int RedirectLimit { get; init; } = DefaultRedirects;

    /// <summary>The headers of requests. Settings FETCH_USER_AGENT and FETCH_REFERER.</summary>
    public FetchHeaders Headers { get; init; } = FetchHeaders.Default;

    /// <summary>Concurrent fetches, 1..1,024; more wait within their time limit. Default 64.</summary>
    public int MaxConcurrent { get; init; } = 64;

    /// <summary>The longest response head, in KiB, 1..256; default 16.</summary>
    public int MaxHeaderKilobytes { get; init; } = 16;

    /// <summary>The errors in the values, one sentence each with the value and its bounds; empty if there are none.</summary>
    public IEnumerable<string> Problems() =>
        new[]
        {
            Check(nameof(MaxBytes), MaxBytes, 1, GreatestMaxBytes),
            Check(nameof(TimeLimit), TimeLimit.TotalMilliseconds, 1, 300_000),
            Check(nameof(DialLimit), DialLimit.TotalMilliseconds, 1, 300_000),
            Check(nameof(RedirectLimit), RedirectLimit, MinRedirects, MaxRedirects),
            Check(nameof(MaxConcurrent), MaxConcurrent, 1, 1024),
            Check(nameof(MaxHeaderKilobytes), MaxHeaderKilobytes, 1, 256),
        }.OfType<string>().Concat(Headers.Problems());

    private static string? Check(string name, double value, double min, double max) =>
        value >= min && value <= max ? null : $"PictureFetch: {name} is {value:0.###}, must be {min}..{max}";
}
