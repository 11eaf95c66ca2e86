using ImageSearch.Fetching.Paths;

namespace ImageSearch.Fetching;

/// <summary>Brings a picture's bytes from wherever they are, through the guards of each way.</summary>
public sealed class PictureLoader
{
    /// <summary>The largest picture file, in bytes, wherever it comes from: 20 MiB.</summary>
    public const int MaxPictureBytes = 20 * 1024 * 1024;

    private readonly PictureFetcher _fetcher;
    private readonly PicturePath _files;

    internal PictureLoader(PictureFetcher fetcher, PicturePath files) => (_fetcher, _files) = (fetcher, files);

    /// <param name="source">Where it is.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    /// <returns>
    /// The bytes, which the caller disposes of, or why there are none; <see cref="FailureCode.Busy"/> where too many are fetched at a time.
    /// </returns>
    public Task<Result<LoadedPicture>> LoadAsync(PictureSource source, CancellationToken cancellationToken) => source switch
    {
        PictureSource.Bytes bytes => Task.FromResult<Result<LoadedPicture>>(new LoadedPicture(bytes.Content)),
        PictureSource.Url url => _fetcher.FetchAsync(url.Address, cancellationToken),
        PictureSource.ServerFile file => _files.ReadAsync(file.Path, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(source)),
    };
}
