using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching;

/// <summary>Limits of fetching pictures from URLs.</summary>
internal sealed class PictureFetchOptions
{
    public const int DefaultRedirects = 5;
    public const int RedirectLimit = 20;

    /// <summary>Hosts that are fetched from whatever their address. Setting FETCH_ALLOW; default none.</summary>
    public FetchAllowList Allow { get; init; } = FetchAllowList.Empty;

    /// <summary>The largest file, in bytes, 1..1,073,741,824; default 20 MiB.</summary>
    public int MaxBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Time for the whole fetch with waiting, redirects and body, 1 ms..5 min; default 10 s.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for one address of a host before the next is tried, 1 ms..5 min; default 3 s.</summary>
    public TimeSpan DialLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Redirects that are followed. Setting FETCH_MAX_REDIRECTS, 0..<see cref="RedirectLimit"/>; default 5.</summary>
    public int MaxRedirects { get; init; } = DefaultRedirects;

    /// <summary>How requests look. Settings FETCH_USER_AGENT and FETCH_REFERER.</summary>
    public FetchManners Manners { get; init; } = FetchManners.Default;

    /// <summary>Fetches at a time, 1..1,024; one more waits within its time limit. Default 64.</summary>
    public int MaxConcurrent { get; init; } = 64;

    /// <summary>The longest head of an answer, in KiB, 1..256; default 16.</summary>
    public int MaxHeaderKilobytes { get; init; } = 16;

    /// <summary>What is wrong with the values, one sentence each that names value and bound; nothing where all is well.</summary>
    public IEnumerable<string> Problems() =>
        new[]
        {
            Bound(nameof(MaxBytes), MaxBytes, 1, 1 << 30),
            Bound(nameof(TimeLimit), TimeLimit.TotalMilliseconds, 1, 300_000),
            Bound(nameof(DialLimit), DialLimit.TotalMilliseconds, 1, 300_000),
            Bound(nameof(MaxRedirects), MaxRedirects, 0, RedirectLimit),
            Bound(nameof(MaxConcurrent), MaxConcurrent, 1, 1024),
            Bound(nameof(MaxHeaderKilobytes), MaxHeaderKilobytes, 1, 256),
        }.OfType<string>().Concat(Manners.Problems());

    private static string? Bound(string name, double value, double least, double most) =>
        value >= least && value <= most ? null : $"PictureFetch: {name} is {value:0.###} but must lie in {least}..{most}";
}
