using ImageSearch.Fetching;
using ImageSearch.Fetching.Http;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Declares the settings of <see cref="PictureSourceSettings"/>.</summary>
internal static class PictureSourceDefinitions
{
    public static readonly OptionalTextSetting Roots = new(
        "IMAGE_ROOTS", "absolute folders separated by `,` or `:` (Windows: `,` or `;`)", "Folders whose files `path` calls may read.");

    public static readonly OptionalTextSetting AllowedHosts = new(
        "FETCH_ALLOW", "`host` or `host:port`, separated by `,`",
        "Hosts that `url` calls may fetch from although they are in a private network or use another port.");

    public static readonly TextSetting UserAgent = new(
        "FETCH_USER_AGENT", FetchHeaders.Default.UserAgent, "1 to 512 visible ASCII characters", "`User-Agent` header of picture fetches.")
    {
        DefaultDescription = "`Mozilla/5.0 (compatible; ImageSearch/VERSION)`",
    };

    public static readonly OptionalTextSetting Referer = new(
        "FETCH_REFERER", "`origin` or an http(s) URL, at most 2048 characters",
        "`Referer` header of picture fetches, for hosts that require one.");

    public static readonly NumberSetting MaxRedirects = new(
        "FETCH_MAX_REDIRECTS", PictureFetchOptions.DefaultRedirects, PictureFetchOptions.MinRedirects, PictureFetchOptions.MaxRedirects, "redirects",
        "Maximum number of redirects that a `url` call follows.");

    public static readonly NumberSetting BufferMegabytes = new(
        "MAX_REQUEST_MB", 256, 32, 65_536, "MB",
        "Memory for all request bodies and fetched files, counted as their bytes arrive; a request that finds no room gets HTTP 503.");
}
