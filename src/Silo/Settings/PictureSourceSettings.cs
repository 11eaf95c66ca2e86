using ImageSearch.Fetching;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Fetching.Paths;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>The settings of where pictures may be brought from (IMAGE_ROOTS, FETCH_*) and what they may take on the way (MAX_REQUEST_MB).</summary>
/// <param name="Fetching">By URL.</param>
/// <param name="ServerFiles">From this machine's folders.</param>
/// <param name="BufferMegabytes">Memory of all bodies and fetched files together, in MiB.</param>
internal sealed record PictureSourceSettings(PictureFetchOptions Fetching, PicturePathOptions ServerFiles, int BufferMegabytes)
{
    // Most of the time of a fetch is waiting, and what has come counts in the memory of all.
    private const int MaxFetches = 64;

    /// <summary>Reads the settings; what is wrong with them is in the reader then.</summary>
    public static PictureSourceSettings Read(SettingReader read)
    {
        var files = new PicturePathOptions
        {
            Roots = PicturePathOptions.SplitRoots(read.Text("IMAGE_ROOTS")),
            MaxBytes = PictureLoader.MaxPictureBytes,
        };
        foreach (var problem in files.Problems()) read.Refuse(problem);
        if (!FetchAllowList.TryParse(read.Text("FETCH_ALLOW"), out var allowed, out var wrong)) read.Refuse(wrong);
        var manners = new FetchManners(read.Text("FETCH_USER_AGENT") ?? FetchManners.Default.UserAgent, read.Text("FETCH_REFERER"));
        foreach (var problem in manners.Problems()) read.Refuse(problem);
        return new PictureSourceSettings(
            new PictureFetchOptions
            {
                Allow = allowed ?? FetchAllowList.Empty,
                Manners = manners.Problems().Any() ? FetchManners.Default : manners,
                RedirectLimit = read.Number(
                    "FETCH_MAX_REDIRECTS", PictureFetchOptions.DefaultRedirects, PictureFetchOptions.MinRedirects, PictureFetchOptions.MaxRedirects),
                MaxBytes = PictureLoader.MaxPictureBytes,
                MaxConcurrent = MaxFetches,
            },
            files,
            read.Number("MAX_REQUEST_MB", 256, 32, 65_536));
    }
}
