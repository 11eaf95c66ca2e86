using ImageSearch.Fetching;
using ImageSearch.Fetching.Guards;
using ImageSearch.Fetching.Http;
using ImageSearch.Fetching.Paths;
using ImageSearch.ServiceDefaults.Settings;

namespace ImageSearch.Silo.Settings;

/// <summary>Where pictures may be read from, and the memory for the ones being received.</summary>
/// <param name="Fetching">By URL.</param>
/// <param name="ServerFiles">From folders of this machine.</param>
/// <param name="BufferMegabytes">Memory of all request bodies and fetched files together, in MiB.</param>
public sealed record PictureSourceSettings(PictureFetchOptions Fetching, PicturePathOptions ServerFiles, int BufferMegabytes)
{
    // A fetch mostly waits, and the bytes that arrive count towards the memory of all.
    private const int MaxFetches = 64;

    /// <summary>Reads the settings; errors are added to the reader.</summary>
    public static PictureSourceSettings Read(SettingReader reader)
    {
        var files = new PicturePathOptions
        {
            Roots = PicturePathOptions.SplitRoots(reader.Text(PictureSourceDefinitions.Roots)),
            MaxBytes = PictureLoader.MaxPictureBytes,
        };
        foreach (var problem in files.Problems()) reader.AddError(problem);
        if (!FetchAllowList.TryParse(reader.Text(PictureSourceDefinitions.AllowedHosts), out var allowed, out var error)) reader.AddError(error);
        var headers = new FetchHeaders(reader.Text(PictureSourceDefinitions.UserAgent), reader.Text(PictureSourceDefinitions.Referer));
        var problems = headers.Problems().ToList();
        foreach (var problem in problems) reader.AddError(problem);
        return new PictureSourceSettings(
            new PictureFetchOptions
            {
                Allow = allowed ?? FetchAllowList.Empty,
                Headers = problems.Count > 0 ? FetchHeaders.Default : headers,
                RedirectLimit = reader.Number(PictureSourceDefinitions.MaxRedirects),
                MaxBytes = PictureLoader.MaxPictureBytes,
                MaxConcurrent = MaxFetches,
            },
            files,
            reader.Number(PictureSourceDefinitions.BufferMegabytes));
    }
}
